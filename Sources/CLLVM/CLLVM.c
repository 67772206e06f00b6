#include "CLLVM.h"

#include <llvm-c/Support.h>
#include <llvm/Config/llvm-config.h>

LLVMValueRef formulac_constant_array(LLVMTypeRef element, LLVMValueRef *values, unsigned count) {
#if LLVM_VERSION_MAJOR >= 17
    return LLVMConstArray2(element, values, count);
#else
    return LLVMConstArray(element, values, count);
#endif
}

unsigned formulac_llvm_version(void) { return LLVM_VERSION_MAJOR; }

void formulac_synchronize_code(void *start, size_t size) { __builtin___clear_cache(start, (char *)start + size); }

void formulac_keep_loops(void) {
    const char *const arguments[] = {"formulac", "-disable-lsr"};
    LLVMParseCommandLineOptions(2, arguments, "");
}
