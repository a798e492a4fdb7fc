package org.jsupervisor.jmx.remote;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512, so that a stolen file does not give it away
 * soon. As text: {@code pbkdf2-sha512$ITERATIONS$SALT$HASH}, the last two in hexadecimal.
 */
final class PasswordHash {
  /** What OWASP advises for this function. */
  static final int ITERATIONS = 210_000;

  private static final int ITERATIONS_MIN = 100_000;
  private static final int ITERATIONS_MAX = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String FUNCTION = "PBKDF2WithHmacSHA512";
  private static final String SCHEME = "pbkdf2-sha512";
  private static final Pattern FORM =
      Pattern.compile(
          SCHEME
              + "\\$([0-9]{1,8})\\$([0-9a-f]{"
              + 2 * SALT_BYTES
              + "})\\$([0-9a-f]{"
              + 2 * HASH_BYTES
              + "})");
  private static final HexFormat HEX = HexFormat.of();

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a new password, with a salt of its own. */
  static PasswordHash of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if it has another form; the text is not repeated
   */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be " + SCHEME + "$ITERATIONS$SALT$HASH");
    }
    int iterations = Integer.parseInt(parts.group(1));
    if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
      throw new IllegalArgumentException(
          "must have " + ITERATIONS_MIN + " to " + ITERATIONS_MAX + " iterations");
    }
    return new PasswordHash(iterations, HEX.parseHex(parts.group(2)), HEX.parseHex(parts.group(3)));
  }

  /** Whether this is the password; takes the same time whatever it is. */
  boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  /** What {@link #parse} reads. */
  String text() {
    return SCHEME + "$" + iterations + "$" + HEX.formatHex(salt) + "$" + HEX.formatHex(hash);
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec key = new PBEKeySpec(password, salt, iterations, Byte.SIZE * HASH_BYTES);
    try {
      return SecretKeyFactory.getInstance(FUNCTION).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(FUNCTION + " is missing in this runtime", e);
    } finally {
      key.clearPassword();
    }
  }

  /** Not even the hash is for logs. */
  @Override
  public String toString() {
    return "PasswordHash[]";
  }
}
