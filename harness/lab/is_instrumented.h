// For tests: whether this program was made to look for faults in itself (make test PRESET=asan). It
// is then several times slower, and what it measures says nothing of a server.
#pragma once

namespace assay::lab {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_instrumented = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool is_instrumented = true;
#else
inline constexpr bool is_instrumented = false;
#endif
#else
inline constexpr bool is_instrumented = false;
#endif

}  // namespace assay::lab
