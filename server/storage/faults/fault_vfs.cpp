#include "server/storage/faults/fault_vfs.h"

#include <cstdio>
#include <new>
#include <string_view>

namespace assay::storage {

// SQLite gives the memory: this, and behind it the real file.
struct FaultVfs::File {
  sqlite3_file base;
  FaultVfs* owner;
  const char* path;  // SQLite's, until the file is closed; none: a file of its own

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  const sqlite3_io_methods& methods() { return *real()->pMethods; }
};

struct FaultVfs::Calls {
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static FaultVfs& of(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }
  static bool fails(File& file, FileOperation operation) {
    return file.owner->plan_.next(operation) != Blow::none;
  }
  // Tells the disk of what was done, where it concerns a file that lasts.
  template <class Tell>
  static void tell(File& file, Tell tell) {
    if (file.path == nullptr) return;
    const std::lock_guard lock(file.owner->mutex_);
    tell(file.owner->disk_, std::string(file.path));
  }

  static int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* given, int flags,
                  int* flags_out);
  static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder);
  static int access(sqlite3_vfs* vfs, const char* path, int flags, int* result);

  static int close(sqlite3_file* given);
  static int read(sqlite3_file* given, void* bytes, int amount, sqlite3_int64 offset);
  static int write(sqlite3_file* given, const void* bytes, int amount, sqlite3_int64 offset);
  static int write_some(File& file, const void* bytes, int amount, sqlite3_int64 offset);
  static int truncate(sqlite3_file* given, sqlite3_int64 size);
  static int sync(sqlite3_file* given, int flags);
  static int size(sqlite3_file* given, sqlite3_int64* size);
  static int lock(sqlite3_file* given, int level);
  static int unlock(sqlite3_file* given, int level);
  static int check_reserved(sqlite3_file* given, int* result);
  static int control(sqlite3_file* given, int operation, void* argument);
  static int sector_size(sqlite3_file* given);
  static int traits(sqlite3_file* given);
  static int map_memory(sqlite3_file* given, int page, int bytes, int extend,
                        void volatile** memory);
  static int lock_memory(sqlite3_file* given, int offset, int count, int flags);
  static void memory_barrier(sqlite3_file* given);
  static int unmap_memory(sqlite3_file* given, int remove);

  static sqlite3_int64 size_of(File& file) {
    sqlite3_int64 size = 0;
    file.methods().xFileSize(file.real(), &size);
    return size;
  }
  static Blow grow_to(File& file, sqlite3_int64 size) {
    return file.owner->plan_.grow(size - size_of(file));
  }
};

int FaultVfs::Calls::open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* given, int flags,
                          int* flags_out) {
  // Version 2: no memory mapping of the database itself, which would go past `write`.
  static const sqlite3_io_methods methods = {
      2,           close,          read,           write,   truncate,    sync,   size,
      lock,        unlock,         check_reserved, control, sector_size, traits, map_memory,
      lock_memory, memory_barrier, unmap_memory,   nullptr, nullptr};
  FaultVfs& owner = of(vfs);
  given->pMethods = nullptr;
  if (owner.plan_.next(FileOperation::open) != Blow::none) return SQLITE_CANTOPEN;
  File& file = *new (given) File{{nullptr}, &owner, path};
  const bool lasts = path != nullptr && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0;
  if (!lasts) file.path = nullptr;
  const int code = owner.real_->xOpen(owner.real_, path, file.real(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  given->pMethods = &methods;
  if (lasts) tell(file, [](FaultDisk& disk, const std::string& name) { disk.opened(name); });
  const std::lock_guard guard(owner.mutex_);
  ++owner.open_files_;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && lasts) owner.databases_.insert(path);
  return SQLITE_OK;
}

int FaultVfs::Calls::remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  FaultVfs& owner = of(vfs);
  if (owner.plan_.next(FileOperation::remove) != Blow::none) return SQLITE_IOERR_DELETE;
  const int code = owner.real_->xDelete(owner.real_, path, 0);
  const std::lock_guard guard(owner.mutex_);
  if (code == SQLITE_OK) owner.disk_.removed(path, sync_folder != 0);
  return code;
}

int FaultVfs::Calls::access(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
  FaultVfs& owner = of(vfs);
  if (owner.plan_.next(FileOperation::access) != Blow::none) return SQLITE_IOERR_ACCESS;
  return owner.real_->xAccess(owner.real_, path, flags, result);
}

int FaultVfs::Calls::close(sqlite3_file* given) {
  File& file = of(given);
  const int code = file.methods().xClose(file.real());
  const std::lock_guard guard(file.owner->mutex_);
  --file.owner->open_files_;
  return code;
}

int FaultVfs::Calls::read(sqlite3_file* given, void* bytes, int amount, sqlite3_int64 offset) {
  File& file = of(given);
  if (fails(file, FileOperation::read)) return SQLITE_IOERR_READ;
  return file.methods().xRead(file.real(), bytes, amount, offset);
}

int FaultVfs::Calls::write(sqlite3_file* given, const void* bytes, int amount,
                           sqlite3_int64 offset) {
  File& file = of(given);
  switch (file.owner->plan_.next(FileOperation::write)) {
    case Blow::failure: return SQLITE_IOERR_WRITE;
    case Blow::disk_full: return SQLITE_FULL;
    case Blow::half: write_some(file, bytes, amount / 2, offset); return SQLITE_IOERR_WRITE;
    case Blow::none: break;
  }
  if (offset + amount > size_of(file) && grow_to(file, offset + amount) != Blow::none) {
    return SQLITE_FULL;
  }
  return write_some(file, bytes, amount, offset);
}

int FaultVfs::Calls::write_some(File& file, const void* bytes, int amount, sqlite3_int64 offset) {
  const int code = file.methods().xWrite(file.real(), bytes, amount, offset);
  const std::string_view written(static_cast<const char*>(bytes), static_cast<std::size_t>(amount));
  if (code == SQLITE_OK) {
    tell(file,
         [&](FaultDisk& disk, const std::string& path) { disk.wrote(path, offset, written); });
  }
  return code;
}

int FaultVfs::Calls::truncate(sqlite3_file* given, sqlite3_int64 size) {
  File& file = of(given);
  if (fails(file, FileOperation::truncate)) return SQLITE_IOERR_TRUNCATE;
  grow_to(file, size);
  const int code = file.methods().xTruncate(file.real(), size);
  if (code == SQLITE_OK) {
    tell(file, [&](FaultDisk& disk, const std::string& path) { disk.truncated(path, size); });
  }
  return code;
}

// The real disk is not asked: it only takes time, and its power does not go.
int FaultVfs::Calls::sync(sqlite3_file* given, int /*flags*/) {
  File& file = of(given);
  if (fails(file, FileOperation::sync)) {
    tell(file, [](FaultDisk& disk, const std::string& path) { disk.failed_to_sync(path); });
    return SQLITE_IOERR_FSYNC;
  }
  tell(file, [](FaultDisk& disk, const std::string& path) { disk.synced(path); });
  return SQLITE_OK;
}

int FaultVfs::Calls::size(sqlite3_file* given, sqlite3_int64* size) {
  File& file = of(given);
  if (fails(file, FileOperation::size)) return SQLITE_IOERR_FSTAT;
  return file.methods().xFileSize(file.real(), size);
}

int FaultVfs::Calls::lock(sqlite3_file* given, int level) {
  File& file = of(given);
  if (fails(file, FileOperation::lock)) return SQLITE_IOERR_LOCK;
  return file.methods().xLock(file.real(), level);
}

int FaultVfs::Calls::unlock(sqlite3_file* given, int level) {
  File& file = of(given);
  return file.methods().xUnlock(file.real(), level);
}

int FaultVfs::Calls::check_reserved(sqlite3_file* given, int* result) {
  File& file = of(given);
  if (fails(file, FileOperation::lock)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  return file.methods().xCheckReservedLock(file.real(), result);
}

int FaultVfs::Calls::control(sqlite3_file* given, int operation, void* argument) {
  File& file = of(given);
  return file.methods().xFileControl(file.real(), operation, argument);
}

int FaultVfs::Calls::sector_size(sqlite3_file* given) {
  File& file = of(given);
  return file.methods().xSectorSize(file.real());
}

int FaultVfs::Calls::traits(sqlite3_file* given) {
  File& file = of(given);
  return file.methods().xDeviceCharacteristics(file.real());
}

int FaultVfs::Calls::map_memory(sqlite3_file* given, int page, int bytes, int extend,
                                void volatile** memory) {
  File& file = of(given);
  if (fails(file, FileOperation::shared_memory)) return SQLITE_IOERR_SHMMAP;
  return file.methods().xShmMap(file.real(), page, bytes, extend, memory);
}

int FaultVfs::Calls::lock_memory(sqlite3_file* given, int offset, int count, int flags) {
  File& file = of(given);
  const bool takes = (flags & SQLITE_SHM_LOCK) != 0;
  if (takes && fails(file, FileOperation::shared_memory)) return SQLITE_IOERR_SHMLOCK;
  return file.methods().xShmLock(file.real(), offset, count, flags);
}

void FaultVfs::Calls::memory_barrier(sqlite3_file* given) {
  File& file = of(given);
  file.methods().xShmBarrier(file.real());
}

int FaultVfs::Calls::unmap_memory(sqlite3_file* given, int remove) {
  File& file = of(given);
  return file.methods().xShmUnmap(file.real(), remove);
}

FaultVfs::FaultVfs(std::uint64_t seed)
    : real_(sqlite3_vfs_find(nullptr)), own_(*real_), disk_(seed) {
  own_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  own_.pNext = nullptr;
  own_.zName = "assay-faults";
  own_.pAppData = this;
  own_.xOpen = Calls::open;
  own_.xDelete = Calls::remove;
  own_.xAccess = Calls::access;
  sqlite3_vfs_register(&own_, 1);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&own_);
  sqlite3_vfs_register(real_, 1);
}

void FaultVfs::recover() {
  const std::lock_guard lock(mutex_);
  const bool power_was_cut = plan_.is_cut_off();
  plan_.mend();
  if (!power_was_cut) return;
  disk_.come_back();
  for (const std::string& path : databases_) std::remove((path + "-shm").c_str());
}

std::size_t FaultVfs::open_files() const {
  const std::lock_guard lock(mutex_);
  return open_files_;
}

}  // namespace assay::storage
