package org.jsupervisor.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.spec.LineRule;

/** Decides which lines are kept, by their first bytes. Immutable but for a scratch buffer. */
final class Selection {
  private static final class Rule {
    private final boolean selects;
    private final byte[] pattern;

    Rule(LineRule rule) {
      this.selects = rule.action() == LineRule.Action.SELECT;
      this.pattern = rule.pattern().getBytes(StandardCharsets.UTF_8);
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  Selection(List<LineRule> selection) {
    for (LineRule rule : selection) {
      rules.add(new Rule(rule));
    }
  }

  /** Whether all lines are kept. */
  boolean isAll() {
    return rules.isEmpty();
  }

  /** Whether a line that begins so is kept; of a longer one, the bytes that decide. */
  boolean keeps(ByteBuffer line, int from, int to) {
    int end = Math.min(to, from + LineRule.DECIDING_BYTES);
    // The last rule that matches decides.
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (matches(rule.pattern, line, from, end)) {
        return rule.selects;
      }
    }
    return true;
  }

  /** Goes back to the last star only: at most the product of both lengths. */
  private static boolean matches(byte[] pattern, ByteBuffer line, int from, int end) {
    int at = from;
    int p = 0;
    int star = -1;
    int afterStar = from;
    while (at < end) {
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        afterStar = at;
      } else if (p < pattern.length && pattern[p] == line.get(at)) {
        p++;
        at++;
      } else if (star >= 0) {
        p = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }
}
