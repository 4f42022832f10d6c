#include "command/mapped.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/stop.hpp"

namespace waystone::command {
namespace {

// What a handler of signals may look at: mapped stretches of memory and whose they are.
struct Stretch {
  std::atomic<const char*> begin{nullptr}, end{nullptr}, path{nullptr};
};
std::array<Stretch, 64> stretches;

void say_to_stderr(const char* text) {
  const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
  (void)written;  // nothing is left to be done about it
}

// The system sends SIGBUS for a page that a file no longer has. Only calls that are safe in
// handlers of signals.
void on_lost_page(int signal, siginfo_t* info, void*) {
  const char* at = static_cast<const char*>(info->si_addr);
  for (const Stretch& stretch : stretches) {
    const char* begin = stretch.begin.load();
    if (!begin || at < begin || at >= stretch.end.load()) continue;
    say_to_stderr("waystone: can't read '");
    say_to_stderr(stretch.path.load());
    say_to_stderr("': it became shorter, or its disk failed, while it was read\n");
    ::_exit(input_output);
  }
  ::signal(signal, SIG_DFL);  // not ours: it comes again as the handler ends
}

void watch_for_lost_pages() {
  static const bool watching = [] {
    struct sigaction action {};
    action.sa_sigaction = on_lost_page;
    action.sa_flags = SA_SIGINFO;
    return ::sigaction(SIGBUS, &action, nullptr) == 0;
  }();
  (void)watching;
}

// False where there is no room for one more.
bool note_stretch(std::string_view view, const char* path) {
  for (Stretch& stretch : stretches) {
    const char* nothing = nullptr;
    if (!stretch.begin.compare_exchange_strong(nothing, view.data())) continue;
    stretch.path = path;
    stretch.end = view.data() + view.size();
    return true;
  }
  return false;
}

void forget_stretch(const void* begin) {
  for (Stretch& stretch : stretches)
    if (stretch.begin.load() == begin) {
      stretch.end = nullptr;
      stretch.begin = nullptr;
    }
}

}  // namespace

MappedFile::MappedFile(void* begin, std::size_t size, std::string path, Tell tell)
    : begin_(begin), size_(size), path_(std::move(path)), tell_(std::move(tell)) {}

std::shared_ptr<const MappedFile> MappedFile::of(Descriptor& file, const std::string& path,
                                                 const Tell& tell) {
  struct stat status {};
  if (retried([&] { return ::fstat(file.number(), &status); }) != 0) return nullptr;
  const auto size = std::size_t(status.st_size);
  void* begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (begin == MAP_FAILED) return nullptr;
  ::madvise(begin, size, MADV_SEQUENTIAL);
  std::shared_ptr<MappedFile> mapped(new MappedFile(begin, size, path, tell));
  watch_for_lost_pages();
  if (!note_stretch(mapped->view(), mapped->path_.c_str())) return nullptr;
  mapped->file_ = std::move(file);
  mapped->changed_ = status.st_mtim;
  return mapped;
}

MappedFile::~MappedFile() {
  forget_stretch(begin_);
  ::munmap(begin_, size_);
}

bool MappedFile::has_changed() const {
  struct stat status {};
  return retried([&] { return ::fstat(file_.number(), &status); }) != 0 ||
         std::size_t(status.st_size) != size_ || status.st_mtim.tv_sec != changed_.tv_sec ||
         status.st_mtim.tv_nsec != changed_.tv_nsec;
}

void MappedFile::passed(std::size_t until, Passage passage) const {
  constexpr std::size_t page = 1u << 16;  // a multiple of any system's
  if (passage != last_ || until < given_back_) given_back_ = 0;
  last_ = passage;
  const std::size_t end = until >= size_ ? size_ : until / page * page;
  if (end > given_back_)
    ::madvise(static_cast<char*>(begin_) + given_back_, end - given_back_, MADV_DONTNEED);
  given_back_ = until / page * page;
  if (tell_) tell_({path_, passage, until, size_});
}

}  // namespace waystone::command
