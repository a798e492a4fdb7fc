package org.jsupervisor.posix.internal.libc;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * A C function whose arguments and result are integers or addresses. All of them are passed as 64
 * bits, sign-extended, which is what the calling conventions of 64-bit Linux want of an {@code int}
 * too; of a result that is an {@code int} the caller takes the lower half.
 *
 * <p>Thread-safe. The error number of the call is kept for the thread that has made it.
 */
final class CFunction {
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final LastError LAST_ERROR = LastError.getInstance();

  private final String name;
  private final long address;
  private final CallContext context;

  /** A function that was not found has the address 0. */
  CFunction(String name, long address, int arguments) {
    this.name = name;
    this.address = address;
    Type[] types = new Type[arguments];
    Arrays.fill(types, Type.SINT64);
    context = CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
  }

  /** Whether the library has it. */
  boolean isThere() {
    return address != 0;
  }

  long call() {
    return INVOKER.invokeN0(context, found());
  }

  long call(long arg1) {
    return INVOKER.invokeN1(context, found(), arg1);
  }

  long call(long arg1, long arg2) {
    return INVOKER.invokeN2(context, found(), arg1, arg2);
  }

  long call(long arg1, long arg2, long arg3) {
    return INVOKER.invokeN3(context, found(), arg1, arg2, arg3);
  }

  long call(long arg1, long arg2, long arg3, long arg4) {
    return INVOKER.invokeN4(context, found(), arg1, arg2, arg3, arg4);
  }

  long call(long arg1, long arg2, long arg3, long arg4, long arg5) {
    return INVOKER.invokeN5(context, found(), arg1, arg2, arg3, arg4, arg5);
  }

  long call(long arg1, long arg2, long arg3, long arg4, long arg5, long arg6) {
    return INVOKER.invokeN6(context, found(), arg1, arg2, arg3, arg4, arg5, arg6);
  }

  /** The result in the kernel's convention: -1 becomes the negated error of this thread's call. */
  static long checked(long result) {
    return result == -1 ? -LAST_ERROR.get() : result;
  }

  /** As {@link #checked(long)}. */
  static int checked(int result) {
    return result == -1 ? -LAST_ERROR.get() : result;
  }

  private long found() {
    if (address == 0) {
      throw new UnsatisfiedLinkError("the C library has no function '" + name + "'");
    }
    return address;
  }
}
