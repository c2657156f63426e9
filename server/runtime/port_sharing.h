// Several listeners of one port: whether they get connections in equal shares, by system. A plain
// value; any thread.
#pragma once

namespace assay::runtime {

extern const bool listeners_share_a_port;

}  // namespace assay::runtime
