package org.jsupervisor.posix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process beside the host that makes strangers with a number of one's choice, as soon as that is
 * free. Only in a pid namespace of one's own, by root: it says to the kernel which number was the
 * last.
 *
 * <p>A stranger leads a session and a group of its own, so that a signal to the number, to the
 * group, and a search for the session all mean it. Whatever of ours reaches it, ends or stops it.
 */
final class PidTaker implements AutoCloseable {
  /** How a stranger that nothing has reached ends: by the signal that its own parent sends. */
  static final String UNHURT = "ended by 12 after S";

  private static final String SCRIPT =
      """
      use POSIX; $| = 1;
      sub wish { open(my $f, '>', '/proc/sys/kernel/ns_last_pid') or die "$!"; print $f $_[0] - 1 }
      sub state_of {
        open(my $f, '<', "/proc/$_[0]/stat") or return 'gone';
        my $s = <$f>; return $s =~ /\\) (\\S)/ ? $1 : 'gone';
      }
      sub take {
        my $want = $_[0];
        while (1) {
          wish($want);
          my $pid = fork();
          die "fork: $!" unless defined $pid;
          if ($pid == 0) {
            POSIX::_exit(0) if $$ != $want;
            setsid();
            print "taken $want\\n";
            sleep 1000;
            POSIX::_exit(0);
          }
          return if $pid == $want;
          waitpid($pid, 0);
        }
      }
      # It has been asked to sleep, and may be about to.
      sub rest { my $s; do { $s = state_of($_[0]) } while ($s eq 'R'); return $s }
      sub verdict {
        my $s = rest($_[0]);
        kill 'USR2', $_[0]; kill 'CONT', $_[0];
        waitpid($_[0], 0);
        return sprintf("ended by %d after %s", $? & 127, $s);
      }
      my $taken;
      while (my $line = <STDIN>) {
        my ($what, $pid) = split ' ', $line;
        if ($what eq 'take') { $taken = $pid; take($pid) }
        elsif ($what eq 'end') { print verdict($taken), "\\n" }
        elsif ($what eq 'doomed') { $doomed = $pid }
      }
      # The host is gone. Its guard ends when it has done its work.
      exit 0 unless $doomed;
      while (`cat /proc/[0-9]*/cmdline 2>/dev/null` =~ /jsupervisor-[g]uard/) { select undef, undef, undef, 0.02 }
      printf STDERR "doomed %s\\n", state_of($doomed) =~ /^(gone|Z)$/ ? 'ended' : 'lives';
      print STDERR verdict($taken), "\\n";
      """;

  private final Process perl;
  private final BufferedReader answers;

  private PidTaker(Process perl) {
    this.perl = perl;
    this.answers = perl.inputReader(StandardCharsets.US_ASCII);
  }

  /** Its last words, after the end of the host, are on the host's standard error. */
  static PidTaker start() throws IOException {
    var builder = new ProcessBuilder(List.of("perl", "-e", SCRIPT));
    return new PidTaker(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Begins to try for this number; {@link #awaitTaken} when it has to be there. */
  void beginToTake(long pid) {
    say("take " + pid);
  }

  void awaitTaken(long pid) {
    String answer = answer();
    if (!answer.equals("taken " + pid)) {
      throw new AssertionError("the taker of " + pid + " says: " + answer);
    }
  }

  void take(long pid) {
    beginToTake(pid);
    awaitTaken(pid);
  }

  /** Ends the stranger; how it has ended. */
  String verdict() {
    say("end");
    return answer();
  }

  /** When the host is gone, and its guard too, it tells what became of this one. */
  void doom(long pid) {
    say("doomed " + pid);
  }

  private void say(String line) {
    try {
      perl.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      perl.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer() {
    try {
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    perl.destroyForcibly();
  }
}
