// A histogram as text: the V2 compressed encoding of HdrHistogram in base64, which its libraries
// for other languages read. The counts come back exactly; sum, least and greatest value, which it
// does not hold, come back to three digits. Pure; any thread.
//
// text    = base64(0x1c849314, length of stream, stream)       all numbers big-endian
// stream  = zlib(0x1c849313, length of counts, normalising offset 0, digits 3, lowest 1, highest,
//                unit ratio 1.0, counts)
// counts  = those of places 0, 1, ... up to the last that is not empty, each in ZigZag LEB128 of 9
//           bytes at most; -n stands for n empty places
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/load/histogram/compact_histogram.h"

namespace assay::load {

std::string encode(const CompactHistogram& histogram);
// Nothing when it is no such text, or one of other digits or another unit than ours, or holds what
// ours cannot: values above Histogram::highest_ns, or so many that their sum overflows. Takes any
// bytes; needs no more memory than a full histogram does.
std::optional<CompactHistogram> decode(std::string_view text);

}  // namespace assay::load
