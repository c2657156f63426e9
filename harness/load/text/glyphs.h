// Which characters a terminal can show. Pure; any thread.
#pragma once

namespace assay::load {

enum class Glyphs { ascii, unicode };

// By the environment's LC_ALL, LC_CTYPE and LANG, of which the first that is set counts; null is
// not set.
Glyphs glyphs_of(const char* lc_all, const char* lc_ctype, const char* lang);

}  // namespace assay::load
