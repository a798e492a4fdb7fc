package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.HostRelease;
import org.jsupervisor.definition.SiteSettings;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One definition on several systems, and a whole tree with all that real ones have. */
class SvcdefSiteTest {
  @TempDir Path root;
  private SvcdefTree tree;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
  }

  private DefinitionSettings on(HostRelease host) {
    return tree.disk
        .settings()
        .withSite(SiteSettings.read(root.resolve(".settings"), host, tree.disk.settings()));
  }

  private Definition httpd(HostRelease host) {
    SvcdefReader reader = new SvcdefReader().withAccounts(AccountUse.RUNS_DAEMON);
    return tree.read("httpd", reader, on(host));
  }

  @Test
  void oneDefinition_servesManySystems() {
    tree.definition("httpd");
    tree.set("httpd", "DAEMONOPTS", "-D\n");
    tree.set("httpd", "T_UID", "nobody\n");
    tree.disk.file(".settings/os-debian/httpd/DAEMON", "/bin/cat\n");
    tree.disk.file(".settings/os-debian/httpd/T_UID", "www-data\n");
    tree.disk.file(".settings/os-debian/httpd/T_GID", "adm\n");
    tree.disk.file(".settings/os-debian/httpd/STATEDIR", "/run/apache2\n");
    tree.disk.file(".settings/release-debian-12/httpd/DAEMONOPTS", "-D FOREGROUND\n");
    tree.disk.file(".settings/site/httpd/T_GID", "web\n");
    ProcessSpec debian = tree.spec(httpd(new HostRelease("debian", "12")));
    assertThat(debian.command().argv()).containsExactly("/bin/cat", "-D", "FOREGROUND");
    assertThat(debian.steps())
        .containsExactly(
            new FileStep.RunDirectory(
                Path.of("/run/apache2"), Optional.of("www-data"), Optional.of("web"), 0775),
            PrivilegeStep.User.of("www-data").withGroup("web"));
    ProcessSpec other = tree.spec(httpd(new HostRelease("alpine", "3.19")));
    assertThat(other.command().argv()).containsExactly("/bin/sleep", "-D");
    assertThat(other.steps()).containsExactly(PrivilegeStep.User.of("nobody").withGroup("web"));
  }

  @Test
  void settingOfTheSite_isReadWithTheDirectoryEachTime() throws IOException {
    tree.definition("httpd");
    HostRelease host = new HostRelease("debian", "12");
    ScanDirectory directory =
        new ScanDirectory(root, List.of(new SvcdefReader()), tree.disk.settings())
            .refreshing(
                settings ->
                    settings.withSite(
                        SiteSettings.read(root.resolve(".settings"), host, settings)));
    Path daemon = tree.disk.file(".settings/site/httpd/DAEMON", "/bin/cat\n");
    ScanResult found = directory.read();
    assertThat(found.specs()).extracting(s -> s.command().program()).containsExactly("/bin/cat");
    assertThat(found.elsewhere()).contains(daemon);

    tree.disk.file(".settings/site/httpd/DAEMON", "/bin/sleep\n");

    assertThat(directory.read().specs())
        .extracting(spec -> spec.command().program())
        .containsExactly("/bin/sleep");
  }

  @Test
  void settingThatIsWrong_isToldWithItsOrigin() {
    tree.definition("httpd");
    tree.disk.file(".settings/os-debian/httpd/T_UID", "no:body\n");
    tree.disk.file(".settings/site/httpd/X", "1\n2\n");
    assertThat(tree.disk.told(httpd(new HostRelease("debian", "12"))))
        .hasSize(1)
        .allMatch(line -> line.startsWith(".settings/os-debian/httpd/T_UID: must be the name"));
    assertThat(tree.disk.told(httpd(new HostRelease("alpine", ""))))
        .containsExactly(
            ".settings/site/httpd/X: has several lines, of which only the first counts");
    tree.disk.file(".settings/typo", "");
    assertThat(tree.disk.told(httpd(new HostRelease("alpine", ""))))
        .containsExactly(
            ".settings/typo: must be a directory all, os-NAME, release-NAME-VERSION or site");
  }

  @Test
  void treeWithAllTraps_isToldInOneList_andTheRestRuns() {
    tree.definition("dbus");
    tree.disk.program("dbus/check", SvcdefTree.SCRIPT);
    tree.link("dbus/log/run", "../../.log/run");
    tree.definition("avahi-daemon");
    tree.link("avahi-daemon/needs/dbus", "../../dbus");
    tree.link("avahi-daemon/untested", "../.run/untested");
    tree.definition("ypbind");
    tree.link("ypbind/data/version/current", "./no-such");
    tree.link("krb5-kdc/env", "./data/version/current");
    tree.definition("amule-daemon");
    tree.disk.file("amule-daemon/broken", "Needs a user.\n");
    tree.definition("shellinabox");
    tree.set("shellinabox", "DAEMONOPTS", "-a\n-b\n");
    tree.definition("babeld");
    tree.link("babeld/needs/ahcpd", "../../ahcpd");
    tree.definition("zero");
    tree.set("zero", "LOGDIR", "");
    tree.disk.program("postfix/run", SvcdefTree.SCRIPT);
    tree.link("postfix/env", "./data/version/current");
    ScanResult found = tree.scan(new SvcdefReader(), new ServiceDirectoryReader());
    assertThat(found.specs())
        .extracting(spec -> spec.id().name())
        .containsExactly("avahi-daemon", "dbus", "postfix", "shellinabox", "zero");
    assertThat(starts(found.problems()))
        .containsExactly("amule-daemon/broken", "babeld/needs/ahcpd", "krb5-kdc/env", "ypbind/env");
    assertThat(starts(found.notes()))
        .contains(
            "avahi-daemon/untested",
            ".env/NEEDS_ENABLED",
            "dbus/log/run",
            "shellinabox/env/DAEMONOPTS");
  }

  private List<String> starts(List<SpecProblem> told) {
    return told.stream()
        .map(each -> each.path().replace(LinkChain.real(root) + "/", "").replace(root + "/", ""))
        .toList();
  }
}
