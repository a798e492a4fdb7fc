package org.jsupervisor.log;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * What all records of a {@link SyslogSink} are made with.
 *
 * @param datagrams where they go
 * @param format what they have in common
 * @param severities how bad a line is, by its text
 * @param priorities whether a line says that itself
 * @param pids the process of a run, if it is known
 * @param clock stamps them
 * @param recordBytesMax how long one may be
 */
record SyslogOutlet(
    Datagrams datagrams,
    SyslogFormat format,
    FirstFound<SyslogSeverity> severities,
    SyslogPriorities priorities,
    Function<Incarnation, Optional<Pid>> pids,
    InstantSource clock,
    int recordBytesMax) {
  void send(SyslogRecord record, String text) throws IOException {
    datagrams.send(record.bytes(format, text));
  }

  /** How many bytes of text such a record has room for. */
  int room(SyslogRecord record) {
    return record.room(format, recordBytesMax);
  }
}
