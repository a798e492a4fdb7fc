package org.jsupervisor.samples.scanhost;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command line may say. {@code --help} prints this table, in this order. */
enum Option {
  PLAN("--plan", "", "starts nothing: prints what would be started, and what is wrong"),
  WATCH("--watch", "", "reads the directory again by itself when it changes"),
  ALSO("--also", "FORMAT", "also reads, for each time: " + Format.texts()),
  LOGS("--logs", "DIRECTORY", "where services log that say nothing else (.log in DIRECTORY)"),
  NAME("--name", "NAME", "the name of the tree (main)"),
  PLAIN("--plain", "", "prints for files and pipes (so it is without a word)"),
  LIVE("--live", "", "prints for terminals, with colours"),
  SITE("--site", "DIRECTORY", "settings of this site for svcdef definitions"),
  SETTING("--setting", "NAME=VALUE", "the value of ${setting:NAME}; may be given again"),
  ENV("--env", "NAME", "a variable that ${env:NAME} may show; may be given again"),
  REMEMBER("--remember", "FILE", "who was told to be down, or up, stays so at the next start"),
  UNPRIVILEGED("--unprivileged", "", "changes no user and no group, and gives no file away"),
  SYSLOG("--syslog", "PLACE", "abnormal events go there: local, a path, or udp:ADDRESS:PORT"),
  JMX("--jmx", "ACCOUNTS", "opens a door for JMX consoles: who may enter, as a file"),
  JMX_KEYS("--jmx-keys", "FILE", "the key of this host, as PKCS12"),
  JMX_PASSWORD("--jmx-password", "FILE", "the password of these PKCS12 files, as a file"),
  JMX_TRUST("--jmx-trust", "FILE", "the certificates of those who may connect, as PKCS12"),
  JMX_ADDRESS("--jmx-address", "ADDRESS", "where the door is (127.0.0.1)"),
  JMX_PORT("--jmx-port", "PORT", "at which port (any that is free)"),
  JMX_URL("--jmx-url", "FILE", "where its address is written (it is printed)"),
  JMX_PEERS("--jmx-peers", "WHO", "local (without a word), or any: other machines, too"),
  JMX_CERTIFICATES("--jmx-certificates", "WHETHER", "required (without a word), or not-asked"),
  HELP("--help", "", "prints this");

  private static final int COLUMN = 32;

  private final String word;
  private final String value;
  private final String meaning;

  Option(String word, String value, String meaning) {
    this.word = word;
    this.value = value;
    this.meaning = meaning;
  }

  /** As it is written. */
  String word() {
    return word;
  }

  /** What comes behind it; empty if nothing does. */
  String value() {
    return value;
  }

  /** Whether it may be given more than once. */
  boolean isRepeatable() {
    return switch (this) {
      case ALSO, SETTING, ENV, PLAIN, LIVE -> true;
      case PLAN, WATCH, LOGS, NAME, SITE, REMEMBER, UNPRIVILEGED, SYSLOG, HELP -> false;
      case JMX, JMX_KEYS, JMX_PASSWORD, JMX_TRUST, JMX_ADDRESS -> false;
      case JMX_PORT, JMX_URL, JMX_PEERS, JMX_CERTIFICATES -> false;
    };
  }

  static Optional<Option> of(String word) {
    return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** A line for each. */
  static String help() {
    return Stream.of(values()).map(Option::line).collect(Collectors.joining("\n"));
  }

  private String line() {
    String left = "  " + (value.isEmpty() ? word : word + " " + value);
    return left + " ".repeat(Math.max(1, COLUMN - left.length())) + meaning;
  }
}
