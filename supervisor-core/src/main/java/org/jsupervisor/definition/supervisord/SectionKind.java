package org.jsupervisor.definition.supervisord;

import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/** What a section can be, by its name; {@code docs/formats/supervisord.md} describes each. */
enum SectionKind {
  PROGRAM("program:", Treatment.HONOURED, ""),
  GROUP("group:", Treatment.REPORTED, "gives its programs their group_name only"),
  INCLUDE("include", Treatment.HONOURED, ""),
  SUPERVISORD("supervisord", Treatment.REPORTED, "only environment is honoured"),
  EVENT_LISTENER("eventlistener:", Treatment.REFUSED, "must be no event listener: it needs them"),
  FCGI_PROGRAM(
      "fcgi-program:", Treatment.REFUSED, "must not need a socket that its supervisor opens"),
  DEFAULT("DEFAULT", Treatment.REFUSED, "must not be there: each section says what it means"),
  UNIX_HTTP_SERVER("unix_http_server", Treatment.REPORTED, "is not honoured: there is no server"),
  INET_HTTP_SERVER("inet_http_server", Treatment.REPORTED, "is not honoured: there is no server"),
  SUPERVISORCTL("supervisorctl", Treatment.REPORTED, "is not honoured: there is no supervisorctl"),
  RPC_INTERFACE("rpcinterface:", Treatment.REPORTED, "is not honoured: there is no XML-RPC"),
  CTL_PLUGIN("ctlplugin:", Treatment.REPORTED, "is not honoured: there is no supervisorctl"),
  UNKNOWN("any other section", Treatment.REPORTED, "is no section of supervisord's");

  private final String written;
  private final Treatment treatment;
  private final String what;

  SectionKind(String written, Treatment treatment, String what) {
    this.written = written;
    this.treatment = treatment;
    this.what = what;
  }

  /** As it is written; with a colon at its end, what it begins with. */
  String written() {
    return written;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Why it is reported or refused. */
  String what() {
    return what;
  }

  static SectionKind of(String name) {
    return Stream.of(values()).filter(kind -> kind.has(name)).findFirst().orElse(UNKNOWN);
  }

  private boolean has(String name) {
    return written.endsWith(":") ? name.startsWith(written) : name.equals(written);
  }

  /** What stands behind the colon, without blanks around it. */
  String name(IniText.Section section) {
    return section.name().substring(written.length()).strip();
  }
}
