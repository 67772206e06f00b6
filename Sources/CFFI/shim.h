#include <ffi.h>

// Swift takes C's global variables for shared mutable state; these are constants in all but name.
static inline ffi_type *formulac_ffi_float(void) { return &ffi_type_float; }
static inline ffi_type *formulac_ffi_double(void) { return &ffi_type_double; }
static inline ffi_type *formulac_ffi_pointer(void) { return &ffi_type_pointer; }
static inline ffi_type *formulac_ffi_void(void) { return &ffi_type_void; }
static inline ffi_type *formulac_ffi_size(void) { return sizeof(size_t) == 8 ? &ffi_type_uint64 : &ffi_type_uint32; }
