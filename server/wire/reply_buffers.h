// Room for replies being built, lent to a connection for as long as it is driven.
//
// One for each thread that drives connections: what lies in a connection that only waits would be
// memory for nothing, and a buffer that all of them share stays in the processor's cache.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "server/wire/after_reply.h"
#include "server/wire/late_reply.h"
#include "server/wire/reply_report.h"
#include "server/wire/reply_stream.h"

namespace assay::wire {

struct ReplyBuffers {
  std::string output;               // replies that are whole, and the heads of larger ones
  std::string tail;                 // a body too large to be copied behind its head
  std::string body;                 // scratch for the reply being built
  std::string extra_fields;         // fields added by the handler
  std::string decoded;              // a request's body that came in chunks
  std::size_t split_at = 0;         // where the second write begins; 0: all leaves in one
  ReplyStream stream;               // the rest of the last reply
  std::unique_ptr<LateReply> late;  // the last reply, which is not made yet
  std::vector<std::unique_ptr<AfterReply>> after;
  ReplyReport report;  // on the last reply; its driver names the peer
};

}  // namespace assay::wire
