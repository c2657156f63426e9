// A file of the disk as the body of a reply: read piece after piece while the peer takes it.
// Belongs to one connection.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "server/wire/body_source.h"

namespace assay {

class FileSource final : public wire::BodySource {
 public:
  // Nothing where there is no such file, or what is there is none that can be read.
  static std::unique_ptr<FileSource> open(const std::string& path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::uint64_t size() const { return size_; }  // when it was opened
  bool more(std::string& out) override;         // throws std::system_error

 private:
  FileSource(int file, std::uint64_t size) : file_(file), size_(size) {}

  int file_;
  std::uint64_t size_;
  std::uint64_t given_ = 0;
};

}  // namespace assay
