import Formulas

/// What stands at the head of every exported source file: refusal of flags that change values, immunity to contraction,
/// and the few macros that the rest is written with.
enum CPreamble {
    static let refusals = """
        #if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__) \\
            || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(_M_FP_FAST)
        #error "This file's results hold bit for bit. Compile it without -ffast-math, -Ofast and their parts."
        #endif
        #if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0 && __FLT_EVAL_METHOD__ != 16
        #error "This file needs arithmetic that rounds to float and double at every step, such as SSE2's (-msse2 -mfpmath=sse)."
        #endif
        """

    /// Under gcc's -fsingle-precision-constant the doubles' constants would be floats, of which no macro tells. A declaration
    /// of an array takes no memory and may stand in several files of one program.
    static let constants = """
        /* An error here: compile this file without -fsingle-precision-constant, which takes digits from constants. */
        extern char formulac_constants_are_double[sizeof(1.0) == sizeof(double) ? 1 : -1];
        """

    /// gcc fuses a*b + c unless told otherwise, in GNU mode by default, and does not know the pragma of the standard.
    /// Functions compiled under its own pragma keep the setting when inlined and through link-time optimisation.
    ///
    /// -fassociative-math by itself has no effect and no macro as long as traps count, which these settings end: it is undone.
    ///
    /// The other settings change no value; traps and errno are nobody's interest here. With any of them missing gcc
    /// makes branches of selections or shares conditions across the loop's edge, and then uses no vectors. Programs have
    /// no redundancy to eliminate, and what does not vary is taken out of loops already.
    static let contraction = """
        /* No a*b + c is fused but where the text says so. */
        #if defined(__clang__)
        #pragma STDC FP_CONTRACT OFF
        #pragma float_control(precise, on)
        #elif defined(__GNUC__)
        #pragma GCC push_options
        #pragma GCC optimize ("fp-contract=off", "no-trapping-math", "no-math-errno", "no-associative-math")
        #pragma GCC optimize ("no-tree-pre", "no-thread-jumps", "no-tree-loop-im")
        #else
        #pragma STDC FP_CONTRACT OFF
        #endif
        """

    static let macros = """
        #if defined(__GNUC__)
        #define FORMULAC_INLINE static inline __attribute__((always_inline))
        #define FORMULAC_RARE static __attribute__((noinline, cold))
        #else
        #define FORMULAC_INLINE static inline
        #define FORMULAC_RARE static
        #endif
        #ifdef __cplusplus
        #define FORMULAC_MASK bool
        #else
        #define FORMULAC_MASK _Bool
        #endif
        """

    /// An output array may be an input array; element i of it then depends on element i only, which is what this says.
    static let independence = """
        /* The iterations of the loop that follows may run side by side. */
        #if defined(__clang__)
        #define FORMULAC_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
        #elif defined(__GNUC__)
        #define FORMULAC_INDEPENDENT _Pragma("GCC ivdep")
        #else
        #define FORMULAC_INDEPENDENT
        #endif
        """

    static let fusedMultiplyAdd = """
        #if defined(__GNUC__)
        #define FORMULAC_FMA_F32 __builtin_fmaf
        #define FORMULAC_FMA_F64 __builtin_fma
        #else
        #include <math.h>
        #define FORMULAC_FMA_F32 fmaf
        #define FORMULAC_FMA_F64 fma
        #endif
        """

    /// Without `const` the compilers keep a call for the sake of `errno`, which no vector instruction sets.
    static let squareRoot = """
        /* The square root is an instruction; declared const, errno does not stand in its way. */
        #if defined(__GNUC__) && defined(__cplusplus)
        extern "C" float sqrtf(float) noexcept __attribute__((const));
        extern "C" double sqrt(double) noexcept __attribute__((const));
        #elif defined(__GNUC__)
        extern float sqrtf(float) __attribute__((const));
        extern double sqrt(double) __attribute__((const));
        #else
        #include <math.h>
        #endif
        """

    static let ending = """
        #if defined(__GNUC__) && !defined(__clang__)
        #pragma GCC pop_options
        #endif
        """
}
