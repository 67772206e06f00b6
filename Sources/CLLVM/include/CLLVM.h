// The C API of the system's LLVM, as one module. Found in the default include path of `llvm-dev`.
#ifndef FORMULAC_CLLVM_H
#define FORMULAC_CLLVM_H

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/Orc.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>

#endif
