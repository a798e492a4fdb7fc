package org.jsupervisor.definition.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.FormatFixture;
import org.jsupervisor.definition.supervisord.SupervisordPolicy.Autorestart;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of supervisord, as docs/formats/supervisord.md says. */
class SupervisordReaderTest {
  private static final String FILE = "main.conf";

  @TempDir Path root;
  private FormatFixture disk;

  @BeforeEach
  void prepare() {
    disk = new FormatFixture(root, new SupervisordReader());
  }

  private Path log(String name) {
    return disk.settings().logRoot().resolve(name);
  }

  private List<String> told(String content) {
    disk.file(FILE, content.replace("\\n", "\n"));
    return disk.told(FILE);
  }

  @Test
  void document_hasEverySection_andEveryOption() {
    assertThat(FormatFixture.treatments("supervisord"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(SectionKind.values()).map(e -> e.written() + " " + e.treatment()),
                    Stream.of(ProgramKey.values()).map(e -> e.text() + " " + e.treatment()))
                .toList());
  }

  @Test
  void madeFile_definesEachProcess_andRefusesWhatItCannotRun() {
    disk.copy("supervisord");
    assertThat(disk.read(FILE))
        .extracting(each -> each.name() + " " + (each instanceof Definition.Defined))
        .containsExactly(
            "cat_01 true",
            "cat_02 true",
            "plain true",
            "Free true",
            "mail false",
            "php false",
            "included true");
    assertThat(disk.told(FILE))
        .containsExactly(
            "main.conf:51: [eventlistener:mail]: must be no event listener: it needs them",
            "main.conf:55: [fcgi-program:php]: must not need a socket that its supervisor opens");
  }

  @Test
  void program_isMappedWhole() {
    ProcessSpec cat = disk.copy("supervisord").spec(FILE, "cat_02");
    assertThat(cat.command().argv()).containsExactly("/bin/cat", "-n", "two words", "a b", "c d");
    assertThat(cat.directory()).isEqualTo(Path.of("/srv"));
    assertThat(cat.initially()).isEqualTo(Desire.DOWN);
    assertThat(cat.readiness()).isEqualTo(ReadinessSpec.aliveFor(Duration.ofSeconds(10)));
    assertThat(cat.restart())
        .isEqualTo(
            new SupervisordPolicy(
                Autorestart.UNEXPECTED, ExitSet.codes(0, 2), Duration.ofSeconds(10), 5));
    assertThat(cat.stop()).isEqualTo(StopSpec.of(Signal.parse("QUIT"), Duration.ofSeconds(30)));
    assertThat(cat.steps())
        .containsExactly(PrivilegeStep.User.of("nobody"), new ResourceStep.Umask(022));
    assertThat(cat.output())
        .isEqualTo(
            OutputSpec.logged(
                LogSpec.builder(log("cat_02"))
                    .withFileBytesMax(1 << 20)
                    .withOldFilesMax(3)
                    .build()));
    assertThat(cat.environment().variables())
        .isEqualTo(
            Map.of(
                "A",
                "1,2",
                "B",
                "it is",
                "PCT",
                "100%",
                "C",
                root + "/x",
                "SITE",
                "main",
                "LANG",
                "C.UTF-8",
                "SUPERVISOR_ENABLED",
                "1",
                "SUPERVISOR_PROCESS_NAME",
                "cat_02",
                "SUPERVISOR_GROUP_NAME",
                "cat"));
  }

  @Test
  void defaults_areThoseOfSupervisord() {
    ProcessSpec plain = disk.copy("supervisord").spec(FILE, "plain");
    assertThat(plain.command().argv()).containsExactly("plain", "--first", "--second");
    assertThat(plain.restart())
        .isEqualTo(
            new SupervisordPolicy(Autorestart.UNEXPECTED, ExitSet.CLEAN, Duration.ofSeconds(1), 3));
    assertThat(plain.initially()).isEqualTo(Desire.UP);
    assertThat(plain.stop()).isEqualTo(StopSpec.of(Signal.TERM, Duration.ofSeconds(10)));
    LogSpec.Builder log = LogSpec.builder(log("plain")).withFileBytesMax(50 << 20);
    assertThat(plain.output())
        .isEqualTo(
            OutputSpec.separate(
                OutputSpec.logged(log.build()),
                OutputSpec.logged(log.withDirectory(log("plain.stderr")).build())));
    assertThat(plain.environment().variables()).containsEntry("SUPERVISOR_GROUP_NAME", "site");
  }

  @Test
  void zeroStartsecs_meanReadyAtLaunch_andNoLogfile_noLog() {
    ProcessSpec free = disk.copy("supervisord").spec(FILE, "Free");
    assertThat(free.readiness()).isEqualTo(ReadinessSpec.atLaunch());
    assertThat(((OutputSpec.Separate) free.output()).stderr()).isEqualTo(OutputSpec.discarded());
  }

  @Test
  void includedProgram_isInTheGroupOfTheMainFile() {
    assertThat(disk.copy("supervisord").spec(FILE, "included").command().argv())
        .containsExactly("/bin/included", "site", "included");
  }

  @Test
  void notes_tellAllThatIsNotHonoured() {
    List<String> notes = disk.copy("supervisord").notes(FILE);
    assertThat(notes)
        .contains(
            "main.conf:2: [unix_http_server]: is not honoured: there is no server",
            "main.conf:6: logfile: is not honoured",
            "main.conf:9: [rpcinterface:supervisor]: is not honoured: there is no XML-RPC",
            "main.conf:12: [supervisorctl]: is not honoured: there is no supervisorctl",
            "main.conf:22: priority: is not honoured: starts and stops nothing in order, was '999'",
            "main.conf:49: colour: is no option of a program",
            "main.conf:59: [group:site]: gives its programs their group_name only",
            "main.conf:63: files: finds no file, was 'conf.d/*.none'");
    assertThat(notes).anyMatch(note -> note.matches("main.conf:33: stdout_logfile: is kept .*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[program:a]\\n | main.conf:1: command: must name a program",
        "command=x\\n | main.conf:1: must be in a section: [NAME] must come before it",
        "[program:a]\\ncommand\\n | main.conf:2: must be KEY=VALUE, [SECTION] or a comment",
        "[program:a] b\\ncommand=x\\n | main.conf:1: [program:a]: must have nothing behind ]",
        "[program:a]\\ncommand=x \"y\\n | main.conf:2: command: must close what is quoted by \"",
        "[program:a]\\ncommand=x %s\\n | main.conf:2: command: must have % only in %%, %(NAME)s and"
            + " %(NAME)d, as in %(process_num)02d",
        "[program:a]\\ncommand=x\\nnumprocs=2\\n | main.conf:1: process_name: must have"
            + " %(process_num) in it, was '%(program_name)s'",
        "[program:a]\\ncommand=x\\nnumprocs=1001\\n | main.conf:3: numprocs: must be at most 1000,"
            + " was '1001'",
        "[program:a]\\ncommand=x\\nstartsecs=1s\\n | main.conf:3: startsecs: must be a whole number,"
            + " not negative, was '1s'",
        "[program:a]\\ncommand=x\\nautostart=maybe\\n | main.conf:3: autostart: must be true, yes,"
            + " on, 1, false, no, off or 0, was 'maybe'",
        "[program:a]\\ncommand=x\\nautorestart=x\\n | main.conf:3: autorestart: must be unexpected,"
            + " true or false, was 'x'",
        "[program:a]\\ncommand=x\\nexitcodes=0,256\\n | main.conf:3: exitcodes: must be exit codes,"
            + " 0 to 255, with commas between, was '0,256'",
        "[program:a]\\ncommand=x\\nstopsignal=X\\n | main.conf:3: stopsignal: must be a name such as"
            + " TERM, HUP or RTMIN+1, or a number, was 'X'",
        "[program:a]\\ncommand=x\\numask=8\\n | main.conf:3: umask: must be an octal number, was '8'",
        "[program:a]\\ncommand=x\\ndirectory=y\\n | main.conf:3: directory: must be an absolute path;"
            + " %(here)s is the directory of the file, was 'y'",
        "[program:a]\\ncommand=x\\nstdout_logfile_maxbytes=1KB\\n | main.conf:3:"
            + " stdout_logfile_maxbytes: must be 4096 to 1099511627776 bytes, was '1024'",
        "[program:a]\\ncommand=x\\nenvironment=A=b C=d\\n | main.conf:3: environment: must be"
            + " KEY=VALUE with commas between; values of other signs than letters, digits and"
            + " _/.+-(): must be quoted",
        "[program:a]\\ncommand=x\\nstopasgroup=1\\nkillasgroup=0\\n | main.conf:4: killasgroup: must"
            + " be true with stopasgroup, was 'false'",
        "[program:a/b]\\ncommand=x\\n | main.conf: a name must be 1 to 100 of A-Z a-z 0-9 . _ @ -, was"
            + " 'a/b'",
        "[group:a]\\nprograms=b\\n | main.conf:2: programs: must be a program of this file, was 'b'",
        "[DEFAULT]\\na=b\\n | main.conf:1: [DEFAULT]: must not be there: each section says what it"
            + " means",
        "[include]\\n | main.conf:1: files: must be there",
      })
  void whatIsWrong_isToldWithItsLine(String content, String expected) {
    assertThat(told(content)).containsExactly(expected);
  }

  @Test
  void variables_areExpandedOnlyIfAllowed() {
    String content = "[program:a]\ncommand=x %(ENV_SECRET)s\n";
    assertThat(told(content)).singleElement().asString().contains("and not 'ENV_SECRET'");
    disk = new FormatFixture(root, new SupervisordReader().withVariables(Map.of("SECRET", "y")));
    assertThat(told(content)).isEmpty();
    assertThat(disk.spec(FILE, "a").command().argv()).containsExactly("x", "y");
  }

  @Test
  void includedFileThatOthersCouldWrite_refusesAll() {
    disk.copy("supervisord");
    DefinitionFixture.mode(root.resolve("conf.d/a.ini"), "rw-rw-rw-");
    assertThat(disk.read(FILE)).singleElement().isInstanceOf(Definition.Unreadable.class);
  }

  @Test
  void patternWithManyStars_isMatchedInBoundedTime() {
    disk.file("a".repeat(200), "");
    disk.file("conf.d/a-b-a-b.ini", "[program:a]\ncommand=x\n");
    disk.file(FILE, "[include]\nfiles=" + "*a".repeat(60) + "*b conf.d/*a*b*a*b.*\n");
    assertThat(disk.read(FILE)).singleElement().extracting(Definition::name).isEqualTo("a");
  }

  @Test
  void nameThatIsNoPathEither_isRefused() {
    disk.file(FILE, "[program:a\0b]\ncommand=x\n");
    assertThat(disk.read(FILE)).isNotEmpty().noneMatch(Definition.Defined.class::isInstance);
  }

  @Test
  void ownPath_isNoted_whenTheProgramIsLookedUpInIt() {
    disk.file(FILE, "[program:a]\ncommand=x\nenvironment=PATH=\"/opt/bin\"\n");
    assertThat(disk.notes(FILE))
        .containsExactly(
            "main.conf:2: command: is looked up in its own PATH, not in that of the supervisor, was"
                + " 'x'");
  }

  @Test
  void truncationAtEveryByte_isToldOrRead() {
    disk.copy("supervisord").truncateAtEveryByte(FILE);
  }

  @Test
  void include_isAProblem_whenItsDirectoryIsNotThere() {
    String content = "[include]\\nfiles = %s\\n[program:a]\\ncommand=/bin/a\\n";
    for (String pattern : List.of("gone/*.ini", "gone/a.ini", "gone/sub/*/a.ini")) {
      assertThat(told(content.formatted(pattern)))
          .as(pattern)
          .isNotEmpty()
          .allMatch(text -> text.startsWith("main.conf:2: files: cannot be read: "));
    }
    assertThat(told(content.formatted("*/gone/*.ini *.none a.ini"))).isEmpty();
  }

  @Test
  void reportedValue_isNotShown_unlessItIsANumberOrABoolean() {
    disk.file(
        FILE,
        """
        [program:a]
        command=/bin/a
        serverurl=http://user:secret@host
        priority=7
        stdout_syslog=true
        """);
    assertThat(disk.notes(FILE))
        .containsExactly(
            "main.conf:3: serverurl: is not honoured: there is no server",
            "main.conf:4: priority: is not honoured: starts and stops nothing in order, was '7'",
            "main.conf:5: stdout_syslog: is not honoured: it does not go to syslog, was 'true'");
  }

  @Test
  void include_ofManyStars_findsWhatPythonFinds_andEnds() {
    disk.file("d/" + "a".repeat(200) + ".ini", "[program:a]\ncommand=/bin/a\n");
    String content = "[include]\\nfiles = d/%s\\n[program:main]\\ncommand=/bin/main\\n";
    for (String found : List.of("*a*a*.ini", "***.*", "a*", "*[a]?*i*i", "*" + "a*".repeat(200))) {
      assertThat(told(content.formatted(found))).isEmpty();
      assertThat(disk.read(FILE)).as(found).hasSize(2);
    }
    for (String other : List.of("*a*b*.ini", "*a".repeat(40) + "*b", "*" + "a*".repeat(201))) {
      assertThat(told(content.formatted(other))).isEmpty();
      assertThat(disk.read(FILE)).as(other).hasSize(1);
    }
  }
}
