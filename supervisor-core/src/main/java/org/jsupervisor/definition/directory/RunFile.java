package org.jsupervisor.definition.directory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;

/** Finds before the first start what would make {@code exec} of a {@code run} file fail. */
final class RunFile {
  /** Linux looks for the interpreter in so many bytes; nobody looks further. */
  private static final int HEAD_BYTES = 256;

  private static final Pattern INTERPRETER =
      Pattern.compile("#![ \t]*([^ \t\n]*).*", Pattern.DOTALL);
  private static final Pattern BINARY =
      Pattern.compile(
          "(?:\u007fELF|\u00ca\u00fe\u00ba\u00be|[\u00ce\u00cf]\u00fa\u00ed\u00fe).*",
          Pattern.DOTALL);

  private final Path path;
  private final TrustedFiles files;
  private final Findings findings;

  RunFile(Path path, TrustedFiles files, Findings findings) {
    this.path = path;
    this.files = files;
    this.findings = findings;
  }

  /** Tells all that is wrong with it. */
  void check() {
    Optional<byte[]> head = files.read(path, HEAD_BYTES);
    if (head.isEmpty()) {
      return;
    }
    if (!Files.isExecutable(path)) {
      findings.problem(path.toString(), "", "must be executable");
    }
    String text = new String(head.get(), StandardCharsets.ISO_8859_1);
    Matcher interpreter = INTERPRETER.matcher(text);
    if (text.isEmpty()) {
      findings.problem(path.toString(), "", "must not be empty");
    } else if (interpreter.matches()) {
      checkInterpreter(
          new String(
              interpreter.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    } else if (!BINARY.matcher(text).matches()) {
      findings.note(
          path.toString(),
          "",
          "has no '#!' in its first line; the system may refuse to execute it");
    }
  }

  private void checkInterpreter(String program) {
    String place = path + ":1";
    if (program.isEmpty()) {
      findings.problem(place, "#!", "must name an interpreter");
    } else if (program.endsWith("\r")) {
      findings.problem(place, program, "must not end with a carriage return");
    } else if (!isExecutable(program)) {
      findings.problem(place, program, "must name an interpreter that is there and executable");
    }
  }

  private boolean isExecutable(String program) {
    try {
      // As the kernel does: a relative name is looked up in the working directory.
      Path interpreter = path.resolveSibling(program);
      return Files.isRegularFile(interpreter) && Files.isExecutable(interpreter);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
