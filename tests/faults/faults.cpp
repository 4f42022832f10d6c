// Loaded before the C library (LD_PRELOAD), it counts the calls that a program makes about files of
// one folder and about its standard output, and lets the call of one number fail.
// tests/faults/walk.py drives it:
//
//   WAYSTONE_FAULT_ROOT    the folder; calls about anything else are passed on uncounted
//   WAYSTONE_FAULT_LOG     a file to which each counted call is written: its number, its name
//   WAYSTONE_FAULT_AT      the number of the call that fails, from 1
//   WAYSTONE_FAULT_ERROR   the errno it fails with; 0: a read or write of one byte
//   WAYSTONE_FAULT_SIGNAL  in place of failing, the process gets this signal before the call
//   WAYSTONE_FAULT_ALSO    a name ("unlink"): after that call, those of this name fail too
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace {

constexpr int most_descriptors = 1024;
bool watched[most_descriptors] = {};
long calls = 0;
bool failed = false;

const char* setting(const char* name) { return std::getenv(name); }
long number(const char* name, long otherwise) {
  return setting(name) ? std::atol(setting(name)) : otherwise;
}

template <class Function>
Function next(const char* name, Function) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
#define NEXT(function) next(#function, &function)

bool in_root(const char* path) {
  const char* root = setting("WAYSTONE_FAULT_ROOT");
  if (!root || !path) return false;
  char whole[8192];
  if (path[0] == '/')
    std::snprintf(whole, sizeof whole, "%s", path);
  else if (char here[4096]; getcwd(here, sizeof here))
    std::snprintf(whole, sizeof whole, "%s/%s", here, path);
  else
    return false;
  return std::strncmp(whole, root, std::strlen(root)) == 0;
}

bool is_watched(int file) {
  return file >= 0 && file < most_descriptors && (watched[file] || file == STDOUT_FILENO);
}
void watch(int file, bool on) {
  if (file >= 0 && file < most_descriptors) watched[file] = on;
}

void note(const char* name) {
  const char* log = setting("WAYSTONE_FAULT_LOG");
  if (!log) return;
  const int file = NEXT(open)(log, O_WRONLY | O_APPEND | O_CREAT, 0600);
  char line[128];
  const int length = std::snprintf(line, sizeof line, "%ld %s\n", calls, name);
  if (file >= 0) (void)!NEXT(write)(file, line, static_cast<std::size_t>(length));
  if (file >= 0) NEXT(close)(file);
}

enum class Fate { pass, fail, cut };

// What becomes of a call that counts.
Fate fate_of(const char* name) {
  ++calls;
  note(name);
  const char* also = setting("WAYSTONE_FAULT_ALSO");
  const bool this_one = calls == number("WAYSTONE_FAULT_AT", 0);
  if (this_one && setting("WAYSTONE_FAULT_SIGNAL")) {
    std::raise(static_cast<int>(number("WAYSTONE_FAULT_SIGNAL", SIGTERM)));
    return Fate::pass;
  }
  const bool again = failed && also && std::strcmp(also, name) == 0;
  if (!this_one && !again) return Fate::pass;
  failed = true;
  errno = static_cast<int>(number("WAYSTONE_FAULT_ERROR", EIO));
  return errno == 0 ? Fate::cut : Fate::fail;
}

bool fails(const char* name) { return fate_of(name) == Fate::fail; }

mode_t mode_in(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

template <class Function>
int open_with(const char* name, const char* path, const Function& really) {
  const bool counts = in_root(path);
  if (counts && fails(name)) return -1;
  const int file = really();
  if (counts) watch(file, true);
  return file;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_with("open", path, [&] { return NEXT(open)(path, flags, mode); });
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_with("open", path, [&] { return NEXT(open64)(path, flags, mode); });
}

int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  if (!is_watched(folder))
    return open_with("openat", path, [&] { return NEXT(openat)(folder, path, flags, mode); });
  if (fails("openat")) return -1;
  const int file = NEXT(openat)(folder, path, flags, mode);
  watch(file, true);
  return file;
}

int close(int file) {
  const bool counts = is_watched(file);
  watch(file, false);
  if (!counts || !fails("close")) return NEXT(close)(file);
  const int error = errno;
  NEXT(close)(file);  // as Linux does, the file is closed all the same
  errno = error;
  return -1;
}

ssize_t read(int file, void* to, std::size_t size) {
  const Fate fate = is_watched(file) && file != STDOUT_FILENO ? fate_of("read") : Fate::pass;
  return fate == Fate::fail ? -1 : NEXT(read)(file, to, fate == Fate::cut && size > 1 ? 1 : size);
}

ssize_t write(int file, const void* from, std::size_t size) {
  const Fate fate = is_watched(file) ? fate_of("write") : Fate::pass;
  return fate == Fate::fail ? -1
                            : NEXT(write)(file, from, fate == Fate::cut && size > 1 ? 1 : size);
}

DIR* opendir(const char* path) {
  const bool counts = in_root(path);
  if (counts && fails("opendir")) return nullptr;
  DIR* folder = NEXT(opendir)(path);
  if (counts && folder) watch(dirfd(folder), true);
  return folder;
}

struct dirent* readdir(DIR* folder) {
  return is_watched(dirfd(folder)) && fails("readdir") ? nullptr : NEXT(readdir)(folder);
}

int closedir(DIR* folder) {
  watch(dirfd(folder), false);
  return NEXT(closedir)(folder);
}

char* realpath(const char* path, char* to) noexcept {
  return in_root(path) && fails("realpath") ? nullptr : NEXT(realpath)(path, to);
}

ssize_t readlink(const char* path, char* to, std::size_t size) noexcept {
  return in_root(path) && fails("readlink") ? -1 : NEXT(readlink)(path, to, size);
}

int rename(const char* from, const char* to) noexcept {
  return in_root(to) && fails("rename") ? -1 : NEXT(rename)(from, to);
}

// Calls about a path, and calls about an open file, that give 0 or -1.
#define ABOUT_PATH(function, parameters, ...)               \
  int function parameters noexcept {                        \
    if (in_root(path) && fails(#function)) return -1;       \
    return NEXT(function)(path __VA_OPT__(, ) __VA_ARGS__); \
  }
#define ABOUT_FILE(function, parameters, ...)                                     \
  int function parameters noexcept {                                              \
    if (is_watched(file) && file != STDOUT_FILENO && fails(#function)) return -1; \
    return NEXT(function)(file __VA_OPT__(, ) __VA_ARGS__);                       \
  }

ABOUT_PATH(stat, (const char* path, struct stat* status), status)
ABOUT_PATH(lstat, (const char* path, struct stat* status), status)
ABOUT_PATH(access, (const char* path, int how), how)
ABOUT_PATH(unlink, (const char* path))
ABOUT_PATH(mkdir, (const char* path, mode_t mode), mode)
ABOUT_PATH(chmod, (const char* path, mode_t mode), mode)
ABOUT_FILE(fstat, (int file, struct stat* status), status)
ABOUT_FILE(fchmod, (int file, mode_t mode), mode)
ABOUT_FILE(fchown, (int file, uid_t owner, gid_t group), owner, group)
ABOUT_FILE(flock, (int file, int how), how)
ABOUT_FILE(fsetxattr, (int file, const char* name, const void* value, std::size_t size, int how),
           name, value, size, how)
ABOUT_FILE(fremovexattr, (int file, const char* name), name)

int fsync(int file) { return is_watched(file) && fails("fsync") ? -1 : NEXT(fsync)(file); }

ssize_t flistxattr(int file, char* to, std::size_t size) noexcept {
  return is_watched(file) && fails("flistxattr") ? -1 : NEXT(flistxattr)(file, to, size);
}

ssize_t fgetxattr(int file, const char* name, void* to, std::size_t size) noexcept {
  return is_watched(file) && fails("fgetxattr") ? -1 : NEXT(fgetxattr)(file, name, to, size);
}

}  // extern "C"
