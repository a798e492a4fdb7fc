package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.SiteSettings.Layer;
import org.jsupervisor.spec.SpecProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SiteSettingsTest {
  private static final HostRelease DEBIAN = new HostRelease("debian", "12");

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    disk.directory("settings");
  }

  private SiteSettings read(HostRelease host) {
    return SiteSettings.read(root.resolve("settings"), host, disk.settings());
  }

  private void set(String layer, String variable, String content) {
    disk.file("settings/" + layer + "/httpd/" + variable, content);
  }

  private static Optional<String> text(SiteSettings settings, String variable) {
    return settings.of("httpd").get(variable).text();
  }

  private List<String> told(List<SpecProblem> problems) {
    return problems.stream().map(each -> each.toString().replace(root + "/", "")).toList();
  }

  @Test
  void lastLayerThatSaysSomething_wins_andItsOriginIsKnown() {
    set("all", "A", "all\n");
    set("all", "B", "all\n");
    set("all", "C", "all\n");
    set("all", "D", "all\n");
    set("os-debian", "B", "os\n");
    set("os-debian", "C", "os\n");
    set("os-debian", "D", "os\n");
    set("release-debian-12", "C", "release\n");
    set("release-debian-12", "D", "release\n");
    set("site", "D", "site\n");
    SiteSettings settings = read(DEBIAN);
    assertThat(settings.problems("httpd")).isEmpty();
    assertThat(text(settings, "A")).contains("all");
    assertThat(text(settings, "B")).contains("os");
    assertThat(text(settings, "C")).contains("release");
    assertThat(text(settings, "D")).contains("site");
    assertThat(settings.of("httpd").get("D").origin())
        .isEqualTo(root.resolve("settings/site/httpd/D").toString());
    assertThat(settings.of("other")).isEmpty();
  }

  @Test
  void layersOfOtherSystems_doNotCount() {
    set("os-debian", "T_UID", "www-data\n");
    set("os-arch", "T_UID", "http\n");
    set("release-debian-11", "X", "old\n");
    assertThat(text(read(DEBIAN), "T_UID")).contains("www-data");
    assertThat(text(read(new HostRelease("arch", "")), "T_UID")).contains("http");
    assertThat(read(DEBIAN).of("httpd")).doesNotContainKey("X");
    assertThat(read(new HostRelease("", "")).of("httpd")).isEmpty();
  }

  @Test
  void emptyFile_removesTheVariable() {
    set("all", "X", "all\n");
    set("site", "X", "");
    assertThat(text(read(DEBIAN), "X")).isEmpty();
  }

  @Test
  void whatIsWrongWithOneService_concernsThatOneOnly() {
    set("site", "X", "one\ntwo\n");
    DefinitionFixture.mode(disk.file("settings/site/other/Y", "y\n"), "rw-rw-rw-");
    SiteSettings settings = read(DEBIAN);
    assertThat(settings.problems("httpd")).isEmpty();
    assertThat(told(settings.notes("httpd")))
        .containsExactly(
            "settings/site/httpd/X: has several lines, of which only the first counts");
    assertThat(told(settings.problems("other")))
        .containsExactly(
            "settings/site/other/Y: must not be writable by group or others, was 'rw-rw-rw-'");
  }

  @Test
  void whatIsNoLayer_orNoService_concernsAll() {
    disk.directory("settings/sites");
    disk.file("settings/site/README", "");
    disk.file("settings/.hidden", "");
    assertThat(told(read(DEBIAN).problems("any")))
        .containsExactly(
            "settings/sites: must be a directory all, os-NAME, release-NAME-VERSION or site",
            "settings/site/README: must be a directory with the name of a service");
  }

  @Test
  void directoryThatIsMissingOrNotTrusted_concernsAll() {
    SiteSettings missing = SiteSettings.read(root.resolve("no"), DEBIAN, disk.settings());
    assertThat(told(missing.problems("any"))).containsExactly("no: is missing");
    DefinitionFixture.mode(root.resolve("settings"), "rwxrwxrwx");
    assertThat(read(DEBIAN).problems("any")).hasSize(1);
  }

  @Test
  void wordsCanBeAdded_withoutChangingTheOthers() {
    set("site", "X", "disk\n");
    SiteSettings read = read(DEBIAN);
    SiteSettings more =
        read.with(Layer.RELEASE, "httpd", "X", "release").with(Layer.ALL, "httpd", "Y", "all");
    assertThat(text(more, "X")).contains("disk");
    assertThat(text(more, "Y")).contains("all");
    assertThat(more.of("httpd").get("Y").origin()).isEqualTo("layer ALL: httpd/Y");
    assertThat(read.of("httpd")).doesNotContainKey("Y");
    assertThat(SiteSettings.none().of("httpd")).isEmpty();
    assertThatThrownBy(() -> read.with(Layer.SITE, "a/b", "X", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read.with(Layer.SITE, "a", "X=", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void values_areNotShown() {
    assertThat(new Setting(Optional.of("hush"), "x")).hasToString("Setting[x]");
  }

  @Test
  void release_isReadFromOsRelease() {
    assertThat(HostRelease.ofOsRelease("NAME=\"x\"\nID=debian\nVERSION_ID=\"12\"\n"))
        .isEqualTo(DEBIAN);
    assertThat(HostRelease.ofOsRelease("ID='Open Suse/Leap'\nVERSION_ID=15.5"))
        .isEqualTo(new HostRelease("open-suse-leap", "15.5"));
    assertThat(HostRelease.ofOsRelease("ID=\"a'b\"  \nVERSION_ID='1\"\n"))
        .isEqualTo(new HostRelease("a-b", "-1-"));
    assertThat(HostRelease.ofOsRelease("\0garbage\n=\nID")).isEqualTo(new HostRelease("", ""));
    assertThatThrownBy(() -> new HostRelease("../x", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Each blank was tried as the last one of the value, with all behind it: 5e11 steps here. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void releaseWithALongLineOfBlanks_isReadInOnePass() {
    String blanks = " ".repeat(1 << 20);
    assertThat(HostRelease.ofOsRelease("NAME=" + blanks + "x\nID=debian" + blanks))
        .isEqualTo(new HostRelease("debian", ""));
    assertThat(HostRelease.ofOsRelease("ID='" + blanks + "x"))
        .isEqualTo(new HostRelease("-".repeat(HostRelease.LENGTH_MAX), ""));
  }
}
