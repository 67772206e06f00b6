// The C API of the system's LLVM, as one module. Found in the default include path of `llvm-dev`.
#ifndef FORMULAC_CLLVM_H
#define FORMULAC_CLLVM_H

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>

/// A constant array. LLVM 17 renamed the function that makes one.
LLVMValueRef formulac_constant_array(LLVMTypeRef element, LLVMValueRef *values, unsigned count);

/// The major version of the LLVM whose headers this was compiled with.
unsigned formulac_llvm_version(void);

/// Makes machine code that was just written visible to the processor's instruction fetch.
void formulac_synchronize_code(void *start, size_t size);

#endif
