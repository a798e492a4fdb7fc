package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.ProcessSpec;

/** A tree of definitions as the format has it: templates, what holds for all, links everywhere. */
final class SvcdefTree {
  static final String SCRIPT = "#!/bin/sh\n";
  static final String VERSION = "1.0";

  final Path root;
  final DefinitionFixture disk;

  SvcdefTree(Path root) {
    this.root = root;
    disk = new DefinitionFixture(root);
    disk.file(".env/FRAMEWORK", "daemontools\n");
    disk.file(".env/LOGDIR", "/var/log\n");
    disk.file(".env/STATEDIR", "/var/run\n");
    disk.file(".env/PATH", "../.bin:/sbin:/bin:/usr/sbin:/usr/bin\n");
    disk.file(".env/NEEDS_ENABLED", "0\n");
    disk.file(".env/CMDUP", "-u\n");
    disk.file(".env/CMDCHECK", "\n");
    disk.program(".run/run.sh", SCRIPT);
    link(".run/run", "run.sh");
    disk.program(".run/run-getty.sh", SCRIPT);
    disk.file(".run/untested", "Nobody has tried this.\n");
    disk.program(".bin/setuidgid", SCRIPT);
    disk.directory(".log");
    link(".log/run", "/bin/true");
    disk.program(".finish/finish", SCRIPT);
  }

  Path link(String name, String target) {
    Path path = root.resolve(name);
    try {
      if (Files.notExists(path.getParent())) {
        disk.directory(root.relativize(path.getParent()).toString());
      }
      Files.deleteIfExists(path);
      return Files.createSymbolicLink(path, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The links of a definition, and a first version whose daemon is there. */
  Path definition(String name) {
    link(name + "/run", "../.run/run");
    link(name + "/env", "./data/version/current");
    link(name + "/data/version/current", "./" + VERSION);
    set(name, "DAEMON", "/bin/sleep\n");
    return root.resolve(name);
  }

  /** A variable of the first version. */
  void set(String name, String variable, String content) {
    disk.file(name + "/data/version/" + VERSION + "/" + variable, content);
  }

  Definition read(String name) {
    return read(name, new SvcdefReader(), disk.settings());
  }

  Definition read(String name, DefinitionReader reader, DefinitionSettings settings) {
    DirectoryEntry entry = DirectoryEntry.at(root.resolve(name));
    assertThat(reader.reads(entry)).isTrue();
    List<Definition> all = reader.read(entry, settings);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  ProcessSpec spec(String name) {
    return spec(read(name));
  }

  ProcessSpec spec(Definition definition) {
    assertThat(definition.problems()).isEmpty();
    return ((Definition.Defined) definition).spec();
  }

  List<String> told(String name) {
    return disk.told(read(name));
  }

  /** What is told of one that is in order. */
  List<String> notes(String name) {
    Definition definition = read(name);
    assertThat(definition.problems()).isEmpty();
    return disk.told(definition);
  }

  ScanResult scan(DefinitionReader... readers) {
    try {
      return new ScanDirectory(root, List.of(readers), disk.settings()).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
