package org.jsupervisor.samples.webconsole;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a browser must know to be let in. Never printed by {@link #toString}.
 *
 * @param text 16 characters or more of {@code A-Z a-z 0-9 _ -}, so that it fits into an address
 */
record Token(String text) {
  private static final int RANDOM_BYTES = 32;
  private static final String SCHEME = "Bearer ";

  Token {
    if (!text.matches("[A-Za-z0-9_-]{16,}")) {
      throw new IllegalArgumentException(
          "token of " + text.length() + " characters: must be 16 or more of A-Z a-z 0-9 _ -");
    }
  }

  /** A new one that nobody can guess. */
  static Token random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether an {@code Authorization} header has it; takes the same time wherever it differs. */
  boolean isIn(String authorization) {
    return MessageDigest.isEqual(
        (SCHEME + text).getBytes(StandardCharsets.UTF_8),
        authorization.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Token[secret]";
  }
}
