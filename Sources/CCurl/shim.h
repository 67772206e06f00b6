#include <stdint.h>

// libcurl takes options through `...`, which Swift cannot pass, and is not linked: it brings thirty libraries along that
// every command would load at its start. It is opened by name when something is fetched; these call the functions found.

static inline int formulac_curl_set_long(void *setopt, void *handle, int option, long value) {
    return ((int (*)(void *, int, ...))setopt)(handle, option, value);
}

static inline int formulac_curl_set_offset(void *setopt, void *handle, int option, int64_t value) {
    return ((int (*)(void *, int, ...))setopt)(handle, option, value);
}

static inline int formulac_curl_set_pointer(void *setopt, void *handle, int option, const void *value) {
    return ((int (*)(void *, int, ...))setopt)(handle, option, value);
}

static inline int formulac_curl_get_long(void *getinfo, void *handle, int info, long *value) {
    return ((int (*)(void *, int, ...))getinfo)(handle, info, value);
}

static inline int formulac_curl_get_offset(void *getinfo, void *handle, int info, int64_t *value) {
    return ((int (*)(void *, int, ...))getinfo)(handle, info, value);
}

// What `curl_multi_info_read` returns: that a transfer is done, and how it went.
struct formulac_curl_message {
    int kind;
    void *handle;
    union {
        void *whatever;
        int result;
    } data;
};
