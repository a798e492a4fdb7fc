package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is executed so that the program is, after its steps.
 *
 * @param words the tools and their arguments, each beginning with an absolute path; empty if the
 *     program is executed at once
 * @param environment what the first tool, or the program, is started with
 * @param argumentZero the program's own name, if it is not done by a tool
 */
public record Chain(
    List<String> words, SortedMap<String, String> environment, Optional<String> argumentZero) {
  /** What is executed first. */
  public String path(String program) {
    return words.isEmpty() ? program : words.get(0);
  }

  /**
   * All words.
   *
   * @param program the path of the program, with a slash
   * @param argv as the spec has it
   */
  public List<String> argv(String program, List<String> argv) {
    List<String> all = new ArrayList<>(words);
    all.add(words.isEmpty() ? argumentZero.orElse(argv.get(0)) : program);
    all.addAll(argv.subList(1, argv.size()));
    return all;
  }

  /** How long it is: its words may hold secrets. */
  @Override
  public String toString() {
    return "Chain[" + words.size() + " words]";
  }
}
