// Whether several listeners of one port get connections in equal shares, by system.
#pragma once

namespace assay::runtime {

extern const bool listeners_share_a_port;

}  // namespace assay::runtime
