// The body of one request on its way in: decoded if it comes in chunks, and given to the handler's
// sink if there is one.
//
// Used by one connection. However the bytes are split, the outcome is the same: what was decoded in
// front of a fault still reaches the sink, so that the sink's own refusal comes first.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/wire/body_sink.h"
#include "server/wire/chunked_decoder.h"
#include "server/wire/head_rules.h"

namespace assay::wire {

class IncomingBody {
 public:
  using State = ChunkedDecoder::State;
  using Step = ChunkedDecoder::Step;

  // REQUIRES: a sink, or chunks; a length that is within the limit
  IncomingBody(const Framing& framing, const ChunkLimits& limits, std::unique_ptr<BodySink> sink)
      : sink_(std::move(sink)),
        limits_(limits),
        left_(framing.body_bytes),
        chunked_(framing.chunked) {}

  // Takes what of `bytes` belongs to the body. Without a sink what it decodes is appended to
  // `decoded`; with one that is scratch, empty before and after.
  Step take(std::string_view bytes, std::string& decoded);

  BodySink* sink() const { return sink_.get(); }

 private:
  Step take_plain(std::string_view bytes);
  Refusal give(std::string_view piece);

  std::unique_ptr<BodySink> sink_;
  ChunkLimits limits_;
  ChunkedDecoder decoder_;
  std::uint64_t left_;  // where it does not come in chunks
  bool chunked_;
};

}  // namespace assay::wire
