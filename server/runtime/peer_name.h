// What a log calls the peer of a connection. Any thread; the socket is the caller's.
#pragma once
#include <string>

namespace assay::runtime {

// Its address, "unix:" of a Unix socket, or "-" where it is gone already.
std::string name_of_peer(int socket);

}  // namespace assay::runtime
