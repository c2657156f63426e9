// The last step of a request: its reply goes to the wire, and its aftermath along with it, to be
// done when the connection has taken the reply, or the stream that it is has come to its end.
#pragma once
#include "server/app/context.h"
#include "server/wire/reply_writer.h"

namespace assay {

void end_reply(Context& context, wire::ReplyWriter& writer);

}  // namespace assay
