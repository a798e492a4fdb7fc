package org.jsupervisor.posix.internal.libc;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * Texts as C sees them, in memory that is written once: any number of {@link ExecImage}s may point
 * to them. Immutable.
 */
public final class SharedTexts {
  private final NativeMemory memory;
  private final long[] addresses;

  /** Copies the texts, which are without NUL. */
  public SharedTexts(List<byte[]> texts) {
    memory = new NativeMemory(Math.max(1, bytes(texts)));
    addresses = new long[texts.size()];
    ByteBuffer buffer = memory.buffer();
    for (int n = 0; n < addresses.length; n++) {
      addresses[n] = memory.address() + buffer.position();
      buffer.put(texts.get(n)).put((byte) 0);
    }
  }

  /** All but those at these places, counted from 0. */
  public Selection without(BitSet places) {
    return new Selection(this, (BitSet) places.clone());
  }

  /** Some of the texts. Immutable. */
  public static final class Selection {
    private final SharedTexts texts;
    private final BitSet left;

    private Selection(SharedTexts texts, BitSet left) {
      this.texts = texts;
      this.left = left;
    }

    /** How many. */
    public int size() {
      return texts.addresses.length - left.cardinality();
    }

    /** Writes where each begins, and returns the place behind. */
    int pointTo(ByteBuffer pointers, int from) {
      int at = from;
      int all = texts.addresses.length;
      for (int n = left.nextClearBit(0); n < all; n = left.nextClearBit(n + 1)) {
        pointers.putLong(at, texts.addresses[n]);
        at += Long.BYTES;
      }
      return at;
    }
  }

  /** What these texts take with a NUL behind each. */
  static int bytes(List<byte[]> texts) {
    int sum = 0;
    for (byte[] text : texts) {
      sum = Math.addExact(sum, text.length + 1);
    }
    return sum;
  }
}
