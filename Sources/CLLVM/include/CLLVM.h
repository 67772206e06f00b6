// The C API of the system's LLVM, as one module. Found in the default include path of `llvm-dev`.
#ifndef FORMULAC_CLLVM_H
#define FORMULAC_CLLVM_H

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A constant array. LLVM 17 renamed the function that makes one.
LLVMValueRef formulac_constant_array(LLVMTypeRef element, LLVMValueRef *values, unsigned count);

/// Emits a load of the lanes of a vector that a mask names; the others take the value of `otherwise`, and their memory is not
/// touched. LLVM's C API has no such function, and the intrinsic's operands differ between versions.
LLVMValueRef formulac_masked_load(
    LLVMBuilderRef builder, LLVMTypeRef type, LLVMValueRef address, unsigned alignment, LLVMValueRef mask,
    LLVMValueRef otherwise);

/// The major version of the LLVM whose headers this was compiled with.
unsigned formulac_llvm_version(void);

/// Makes machine code that was just written visible to the processor's instruction fetch.
void formulac_synchronize_code(void *start, size_t size);

/// LLVM's passes from a module to an object file, set up once for a target machine and run for any number of modules, all of
/// one context. LLVM's C API has only a function that sets them up anew for each module, which takes half a millisecond.
/// For one thread at a time.
typedef struct formulac_code_generator formulac_code_generator;

/// Sets up the passes; null where the target has no object files. The machine must outlive them.
formulac_code_generator *formulac_code_generator_create(LLVMTargetMachineRef machine);

/// Turns a module, which is changed on the way, into an object file, whose bytes are good until the next run.
void formulac_code_generator_run(
    formulac_code_generator *generator, LLVMModuleRef module, const char **bytes, size_t *count);

void formulac_code_generator_dispose(formulac_code_generator *generator);

#ifdef __cplusplus
}
#endif

#endif
