// The body of a reply that is not in memory: it gives its pieces one after another.
//
// Belongs to one connection, which asks for the next piece when the ones before it are written, so
// that a slow peer costs no memory. Destroyed when the body has ended or the peer is gone.
#pragma once
#include <string>

namespace assay::wire {

class BodySource {
 public:
  virtual ~BodySource() = default;
  // Appends the next piece; false: that was the last. What it throws ends the connection without
  // the end of the body, so that the peer knows it is not whole; and so does a source that gives
  // another length than was promised.
  virtual bool more(std::string& out) = 0;
};

}  // namespace assay::wire
