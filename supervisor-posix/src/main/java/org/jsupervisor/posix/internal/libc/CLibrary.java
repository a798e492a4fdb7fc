package org.jsupervisor.posix.internal.libc;

import com.kenai.jffi.Library;

/** The C library of this process. Thread-safe. */
final class CLibrary {
  private static final String[] NAMES = {"libc.so.6", "libc.so"};

  private final Library handle;

  private CLibrary(Library handle) {
    this.handle = handle;
  }

  /**
   * Loads jffi's own library and finds the C library.
   *
   * @throws LinkageError if jffi has no native part for this machine, or may not load it
   * @throws UnsupportedOperationException if there is no C library of a known name
   */
  static CLibrary load() {
    for (String name : NAMES) {
      Library found = Library.getCachedInstance(name, Library.LAZY | Library.GLOBAL);
      if (found != null) {
        return new CLibrary(found);
      }
    }
    throw new UnsupportedOperationException("no C library: " + Library.getLastError());
  }

  /** A function with so many arguments, each an integer or an address. It may be missing. */
  CFunction function(String name, int arguments) {
    return new CFunction(name, handle.getSymbolAddress(name), arguments);
  }
}
