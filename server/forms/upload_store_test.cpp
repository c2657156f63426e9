#include "server/forms/upload_store.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "server/forms/form_reader.h"
#include "server/forms/form_writer.h"
#include "server/forms/part_head.h"
#include "server/forms/temporary_folder.h"

namespace {

// Of this test program, which has one thread.
std::size_t live_bytes = 0;
std::size_t most_live_bytes = 0;
constexpr std::size_t before_each = 16;  // keeps the size, and the alignment

}  // namespace

void* operator new(std::size_t size) {
  auto* const memory = static_cast<char*>(std::malloc(size + before_each));
  if (memory == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(memory) = size;
  live_bytes += size;
  if (live_bytes > most_live_bytes) most_live_bytes = live_bytes;
  return memory + before_each;
}
void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  char* const start = static_cast<char*>(memory) - before_each;
  live_bytes -= *reinterpret_cast<std::size_t*>(start);
  std::free(start);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace assay::forms {
namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

PartHead head_of(const std::string& name) { return {name, name + ".txt", "text/plain"}; }

// Takes one file in pieces.
std::optional<FormError> put(UploadStore& store, const std::string& name, std::string_view content,
                             const FormLimits& limits, std::size_t piece_bytes = 1) {
  if (const auto error = store.begin(head_of(name), limits)) return error;
  for (std::size_t at = 0; at < content.size(); at += piece_bytes) {
    if (const auto error = store.append(content.substr(at, piece_bytes), limits)) return error;
  }
  store.end();
  return std::nullopt;
}

TEST(UploadStore, SharesItsMemoryAmongTheFilesAndSpoolsWhatDoesNotFit) {
  const TemporaryFolder folder;
  FormLimits limits;
  limits.memory_bytes = 8;
  limits.spool_directory = folder.path();
  UploadStore store;
  EXPECT_EQ(put(store, "a", "12345", limits), std::nullopt);
  EXPECT_EQ(store.memory_bytes(), 5U);
  EXPECT_EQ(put(store, "b", "6789", limits), std::nullopt);
  EXPECT_EQ(store.memory_bytes(), 5U) << "a spooled file gives back what it held";
  EXPECT_EQ(put(store, "c", "abc", limits), std::nullopt);
  EXPECT_EQ(store.memory_bytes(), 8U);
  EXPECT_EQ(put(store, "d", "", limits), std::nullopt);
  EXPECT_EQ(put(store, "e", "defgh", limits), std::nullopt);
  const auto files = store.take();
  ASSERT_EQ(files.size(), 5U);
  const bool in_memory[] = {true, false, true, true, false};
  const char* contents[] = {"12345", "6789", "abc", "", "defgh"};
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(files[i].file.is_in_memory(), in_memory[i]) << i;
    EXPECT_EQ(files[i].file.read_all(100), contents[i]) << i;
    EXPECT_EQ(files[i].file.filename(), files[i].name + ".txt");
  }
  EXPECT_EQ(folder.entries(), 0);
}

int open_descriptors() {
  int count = 0;
  for (int number = 0; number < 256; ++number) count += ::fcntl(number, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

TEST(UploadStore, NeedsOneDescriptorForAllFilesUntilTheLastIsGone) {
  FormLimits limits;
  limits.memory_bytes = 0;
  const int before = open_descriptors();
  std::vector<UploadedPart> files;
  {
    UploadStore store;
    for (int i = 0; i < 50; ++i) EXPECT_EQ(put(store, "f", "content", limits, 4), std::nullopt);
    files = store.take();
  }
  EXPECT_EQ(open_descriptors(), before + 1);
  const Upload last = std::move(files.back().file);
  files.clear();
  EXPECT_EQ(last.read_all(7), "content");
  EXPECT_EQ(open_descriptors(), before + 1);
}

// The Nth write of four bytes finds the disk full, at its start or half way.
TEST(UploadStore, TellsThatThereIsNoRoomWhicheverWriteFails) {
  const TemporaryFolder folder;
  FormLimits limits;
  limits.memory_bytes = 6;
  limits.spool_directory = folder.path();
  const int before = open_descriptors();
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  ::getrlimit(RLIMIT_FSIZE, &unlimited);
  for (rlim_t bytes = 0; bytes <= 24; ++bytes) {
    UploadStore store;
    const rlimit full{bytes, unlimited.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
    const auto error = put(store, "f", "0123456789abcdefghijklmn", limits, 4);
    ::setrlimit(RLIMIT_FSIZE, &unlimited);
    EXPECT_EQ(error, bytes < 24 ? std::optional(FormError::no_room) : std::nullopt) << bytes;
  }
  ::signal(SIGXFSZ, handler);
  EXPECT_EQ(folder.entries(), 0);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(UploadStore, TellsThatThereIsNoPlaceForAFile) {
  FormLimits limits;
  limits.memory_bytes = 3;
  limits.spool_directory = "/nowhere/at/all";
  UploadStore store;
  EXPECT_EQ(put(store, "f", "123", limits), std::nullopt);
  EXPECT_EQ(put(store, "f", "4", limits), FormError::no_room);
}

TEST(UploadStore, HoldsLittleOfALargeFile) {
  FormLimits limits;
  limits.file_bytes = limits.total_bytes = 65 * mebibyte;
  const std::string start = "--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n";
  const std::string piece(64 * 1024, '\r');
  auto made = FormReader::of("multipart/form-data; boundary=b", limits);
  auto& reader = std::get<FormReader>(made);
  const std::size_t before = most_live_bytes = live_bytes;
  ASSERT_EQ(reader.take(start), std::nullopt);
  for (std::size_t sent = 0; sent < 64 * mebibyte; sent += piece.size()) {
    ASSERT_EQ(reader.take(piece), std::nullopt);
  }
  ASSERT_EQ(reader.take("\r\n--b--"), std::nullopt);
  const auto form = reader.finish();
  const Upload* const file = std::get<FormData>(form).file("f");
  EXPECT_EQ(file->size(), 64 * mebibyte);
  std::uint64_t returns = 0;
  file->for_each_piece([&returns](std::string_view bytes) {
    for (const char byte : bytes) returns += byte == '\r' ? 1U : 0U;
  });
  EXPECT_EQ(returns, 64 * mebibyte);
  EXPECT_LT(most_live_bytes - before, 4 * mebibyte);
  EXPECT_GT(most_live_bytes - before, mebibyte / 2) << "nothing was counted at all";
}

TEST(UploadStore, HoldsNothingAfterAnError) {
  FormLimits limits;
  limits.memory_bytes = 100;
  limits.file_bytes = 200;
  const int before = open_descriptors();
  auto made = FormReader::of("multipart/form-data; boundary=b", limits);
  auto& reader = std::get<FormReader>(made);
  const std::string head = "--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n";
  ASSERT_EQ(reader.take(head + std::string(150, 'x')), std::nullopt);
  EXPECT_EQ(open_descriptors(), before + 1);
  EXPECT_EQ(reader.take(std::string(51, 'x')), FormError::file_too_large);
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace assay::forms
