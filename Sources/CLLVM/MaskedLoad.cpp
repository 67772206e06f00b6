#include "CLLVM.h"

#include <llvm/IR/IRBuilder.h>

LLVMValueRef formulac_masked_load(
    LLVMBuilderRef builder, LLVMTypeRef type, LLVMValueRef address, unsigned alignment, LLVMValueRef mask,
    LLVMValueRef otherwise) {
    return llvm::wrap(llvm::unwrap(builder)->CreateMaskedLoad(
        llvm::unwrap(type), llvm::unwrap(address), llvm::Align(alignment), llvm::unwrap(mask), llvm::unwrap(otherwise)));
}
