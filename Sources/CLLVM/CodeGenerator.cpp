#include "CLLVM.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#if LLVM_VERSION_MAJOR >= 18
static constexpr auto objectFile = llvm::CodeGenFileType::ObjectFile;
#else
static constexpr auto objectFile = llvm::CGFT_ObjectFile;
#endif

struct formulac_code_generator {
    llvm::SmallVector<char, 0> bytes;
    llvm::raw_svector_ostream stream{bytes};
    llvm::legacy::PassManager passes;
};

formulac_code_generator *formulac_code_generator_create(LLVMTargetMachineRef machine) {
    auto *generator = new formulac_code_generator;
    auto *target = reinterpret_cast<llvm::TargetMachine *>(machine);
    if (target->addPassesToEmitFile(generator->passes, generator->stream, nullptr, objectFile)) {
        delete generator;
        return nullptr;
    }
    return generator;
}

void formulac_code_generator_run(
    formulac_code_generator *generator, LLVMModuleRef module, const char **bytes, size_t *count) {
    generator->bytes.clear();
    generator->passes.run(*llvm::unwrap(module));
    *bytes = generator->bytes.data();
    *count = generator->bytes.size();
}

void formulac_code_generator_dispose(formulac_code_generator *generator) { delete generator; }
