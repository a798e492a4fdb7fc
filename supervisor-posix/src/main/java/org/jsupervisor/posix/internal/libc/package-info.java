/**
 * The C library and the Linux system calls behind it. The only package that names JNR.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.libc;
