package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.output.OutputSource;

/**
 * Pieces that wait in a file, oldest first. The names of their sources stay in memory. Not
 * thread-safe.
 */
final class SpillFile implements AutoCloseable {
  private static final int DATA_BYTES_MAX = 16 << 10;
  // Kind, number of the source, and the length of the data or of the gap.
  private static final int HEADER_BYTES = 1 + Integer.BYTES + Long.BYTES;
  private static final byte DATA = 0;
  private static final byte GAP = 1;
  private static final byte END = 2;

  private final RingFile ring;
  private final ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + DATA_BYTES_MAX);
  private final Map<OutputSource, Account> accounts = new HashMap<>();
  private final Map<Integer, Account> byNumber = new HashMap<>();
  private int lastNumber;
  private long outputBytes;

  /** What the file has of one source. */
  record Held(OutputSource source, long bytes, long gapBytes, boolean ended) {}

  private static final class Account {
    private final OutputSource source;
    private final int number;
    private int records;
    private long bytes;
    private long gapBytes;
    private boolean ended;

    private Account(OutputSource source, int number) {
      this.source = source;
      this.number = number;
    }

    private Held held() {
      return new Held(source, bytes, gapBytes, ended);
    }
  }

  private SpillFile(RingFile ring) {
    this.ring = ring;
  }

  /** Empties the file, or makes it. */
  static SpillFile open(Path file, long bytesMax) throws IOException {
    return new SpillFile(RingFile.open(file, bytesMax));
  }

  boolean isEmpty() {
    return ring.isEmpty();
  }

  /** How many bytes of output are in it. */
  long outputBytes() {
    return outputBytes;
  }

  boolean hasRoomForMark() {
    return ring.room() >= HEADER_BYTES;
  }

  /** Takes as many as there is room for. */
  void writeBytes(OutputSource source, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining() && ring.room() > HEADER_BYTES) {
      int length =
          (int) Math.min(ring.room() - HEADER_BYTES, Math.min(DATA_BYTES_MAX, bytes.remaining()));
      Account account = account(source);
      begin(DATA, account, length);
      record.put(record.position(), bytes, bytes.position(), length);
      record.position(record.position() + length);
      finish(account);
      account.bytes += length;
      outputBytes += length;
      bytes.position(bytes.position() + length);
    }
  }

  void writeGap(Piece.Gap gap) throws IOException {
    Account account = account(gap.source());
    begin(GAP, account, gap.lostBytes());
    finish(account);
    account.gapBytes += gap.lostBytes();
  }

  void writeEnd(OutputSource source) throws IOException {
    Account account = account(source);
    begin(END, account, 0);
    finish(account);
    account.ended = true;
  }

  private Account account(OutputSource source) {
    Account known = accounts.get(source);
    if (known == null) {
      known = new Account(source, ++lastNumber);
      accounts.put(source, known);
      byNumber.put(known.number, known);
    }
    return known;
  }

  private void begin(byte kind, Account account, long length) {
    record.clear();
    record.put(kind).putInt(account.number).putLong(length);
  }

  private void finish(Account account) throws IOException {
    ring.write(record.flip());
    account.records++;
  }

  /** Takes out the oldest piece; there must be one. */
  Piece read() throws IOException {
    ring.read(record.clear().limit(HEADER_BYTES));
    record.flip();
    byte kind = record.get();
    Account account = byNumber.get(record.getInt());
    long length = record.getLong();
    if (account == null || length < 0 || (kind == DATA && length > DATA_BYTES_MAX)) {
      throw new IOException("somebody else has written to the file");
    }
    return switch (kind) {
      case DATA -> data(account, (int) length);
      case GAP -> gap(account, length);
      default -> end(account);
    };
  }

  private Piece data(Account account, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    ring.read(bytes);
    account.bytes -= length;
    outputBytes -= length;
    forget(account);
    return new Piece.Bytes(account.source, bytes.flip());
  }

  private Piece gap(Account account, long length) {
    account.gapBytes -= length;
    forget(account);
    return new Piece.Gap(account.source, length);
  }

  private Piece end(Account account) {
    account.ended = false;
    forget(account);
    return new Piece.Ended(account.source);
  }

  private void forget(Account account) {
    account.records--;
    if (account.records == 0) {
      accounts.remove(account.source);
      byNumber.remove(account.number);
    }
  }

  /** What is in it; also after it has failed. */
  List<Held> held() {
    return accounts.values().stream().map(Account::held).toList();
  }

  @Override
  public void close() throws IOException {
    ring.close();
  }
}
