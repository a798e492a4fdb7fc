package org.jsupervisor.definition.systemd;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/**
 * All directives of a service unit of systemd 252 and what becomes of each, in groups; {@code
 * docs/formats/systemd.md} describes them.
 */
enum Directives {
  TEXT(Treatment.HONOURED, "Unit", "", "Description Documentation"),
  ORDER(Treatment.HONOURED, "Unit", "", "After Requires Wants BindsTo"),
  START_LIMIT(Treatment.HONOURED, "Unit", "", "StartLimitIntervalSec StartLimitBurst"),
  TYPE(Treatment.HONOURED, "Service", "", "Type ExecStart ExecStartPre RemainAfterExit"),
  TIME(
      Treatment.HONOURED,
      "Service",
      "",
      "TimeoutStartSec TimeoutStopSec TimeoutSec WatchdogSec RestartSec"),
  RESTART(
      Treatment.HONOURED,
      "Service",
      "",
      "Restart SuccessExitStatus RestartPreventExitStatus RestartForceExitStatus"),
  STOP(Treatment.HONOURED, "Service", "", "KillSignal KillMode SendSIGKILL"),
  ENVIRONMENT(
      Treatment.HONOURED,
      "Service",
      "",
      "Environment EnvironmentFile PassEnvironment UnsetEnvironment"),
  PRIVILEGE(
      Treatment.HONOURED,
      "Service",
      "",
      "User Group SupplementaryGroups NoNewPrivileges RootDirectory WorkingDirectory UMask"),
  RESOURCE(
      Treatment.HONOURED,
      "Service",
      "",
      "Nice CPUSchedulingPolicy CPUSchedulingPriority IOSchedulingClass IOSchedulingPriority"
          + " CPUAffinity"),
  LIMIT(
      Treatment.HONOURED,
      "Service",
      "",
      "LimitAS LimitCORE LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE"
          + " LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING"
          + " LimitSTACK"),
  DIRECTORY(
      Treatment.HONOURED,
      "Service",
      "",
      "RuntimeDirectory RuntimeDirectoryMode StateDirectory StateDirectoryMode CacheDirectory"
          + " CacheDirectoryMode LogsDirectory LogsDirectoryMode ConfigurationDirectory"
          + " ConfigurationDirectoryMode"),
  FINISH(Treatment.HONOURED, "Service", "", "ExecStopPost"),
  STREAM(Treatment.HONOURED, "Service", "", "StandardInput StandardOutput StandardError"),
  INSTALL(
      Treatment.REPORTED,
      "Install",
      "what is in the directory is started",
      "Alias Also DefaultInstance RequiredBy WantedBy"),
  CONDITION(
      Treatment.REPORTED,
      "Unit",
      "is not asked: the service is started in any case",
      "ConditionACPower ConditionArchitecture ConditionCPUFeature ConditionCPUPressure"
          + " ConditionCPUs ConditionCapability ConditionControlGroupController"
          + " ConditionCredential ConditionDirectoryNotEmpty ConditionEnvironment"
          + " ConditionFileIsExecutable ConditionFileNotEmpty ConditionFirmware"
          + " ConditionFirstBoot ConditionGroup ConditionHost ConditionIOPressure"
          + " ConditionKernelCommandLine ConditionKernelVersion ConditionMemory"
          + " ConditionMemoryPressure ConditionNeedsUpdate ConditionOSRelease"
          + " ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory"
          + " ConditionPathIsEncrypted ConditionPathIsMountPoint ConditionPathIsReadWrite"
          + " ConditionPathIsSymbolicLink ConditionSecurity ConditionUser"
          + " ConditionVirtualization AssertACPower AssertArchitecture AssertCPUFeature"
          + " AssertCPUPressure AssertCPUs AssertCapability AssertControlGroupController"
          + " AssertCredential AssertDirectoryNotEmpty AssertEnvironment AssertFileIsExecutable"
          + " AssertFileNotEmpty AssertFirstBoot AssertGroup AssertHost AssertIOPressure"
          + " AssertKernelCommandLine AssertKernelVersion AssertMemory AssertMemoryPressure"
          + " AssertNeedsUpdate AssertOSRelease AssertPathExists AssertPathExistsGlob"
          + " AssertPathIsDirectory AssertPathIsEncrypted AssertPathIsMountPoint"
          + " AssertPathIsReadWrite AssertPathIsSymbolicLink AssertSecurity AssertUser"
          + " AssertVirtualization"),
  RELATION(
      Treatment.REPORTED,
      "Unit",
      "say After, Requires, Wants or BindsTo in the unit that needs the other",
      "Before Conflicts Requisite PartOf Upholds OnFailure OnFailureJobMode OnSuccess"
          + " OnSuccessJobMode JoinsNamespaceOf PropagatesReloadTo PropagatesStopTo"
          + " ReloadPropagatedFrom StopPropagatedFrom RequiresMountsFor"),
  MANAGER(
      Treatment.REPORTED,
      "Unit",
      "is for the manager of a whole system",
      "AllowIsolate IgnoreOnIsolate CollectMode DefaultDependencies FailureAction"
          + " FailureActionExitStatus SuccessAction SuccessActionExitStatus JobRunningTimeoutSec"
          + " JobTimeoutAction JobTimeoutRebootArgument JobTimeoutSec RebootArgument"
          + " RefuseManualStart RefuseManualStop SourcePath StartLimitAction StopWhenUnneeded"),
  COMMAND(Treatment.REPORTED, "Service", "is not run", "ExecStartPost ExecStop"),
  RELOAD(
      Treatment.REPORTED,
      "Service",
      "is not run: whoever wants a reload sends the signal for it, mostly HUP",
      "ExecReload"),
  MAIN_PROCESS(
      Treatment.REPORTED,
      "Service",
      "the child is the process that was started",
      "GuessMainPID PIDFile ExitType NotifyAccess BusName NonBlocking RootDirectoryStartOnly"),
  LATER_TIME(
      Treatment.REPORTED,
      "Service",
      "there is no such time or step",
      "RuntimeMaxSec RuntimeRandomizedExtraSec TimeoutAbortSec TimeoutStartFailureMode"
          + " TimeoutStopFailureMode TimeoutCleanSec RestartSteps RestartMaxDelaySec RestartMode"
          + " FinalKillSignal RestartKillSignal SendSIGHUP WatchdogSignal"),
  SOCKET(
      Treatment.REPORTED,
      "Service",
      "no descriptor is handed over or kept",
      "Sockets FileDescriptorStoreMax USBFunctionDescriptors USBFunctionStrings"
          + " StandardInputData StandardInputText"),
  SANDBOX(
      Treatment.REPORTED,
      "Service",
      "the service has more rights than this unit means it to have",
      "AppArmorProfile CapabilityBoundingSet DeviceAllow DevicePolicy"
          + " ExecPaths NoExecPaths InaccessiblePaths IPAddressAllow IPAddressDeny"
          + " IPEgressFilterPath IPIngressFilterPath BPFProgram KeyringMode LockPersonality"
          + " MemoryDenyWriteExecute Personality PrivateDevices PrivateIPC PrivateMounts"
          + " PrivateNetwork PrivateTmp PrivateUsers ProcSubset ProtectClock"
          + " ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs"
          + " ProtectKernelModules ProtectKernelTunables ProtectProc ProtectSystem"
          + " ReadOnlyPaths ReadWritePaths RemoveIPC RestrictAddressFamilies"
          + " RestrictFileSystems RestrictNamespaces RestrictNetworkInterfaces RestrictRealtime"
          + " RestrictSUIDSGID SELinuxContext SecureBits SmackProcessLabel SocketBindAllow"
          + " SocketBindDeny SystemCallArchitectures SystemCallErrorNumber SystemCallFilter"
          + " SystemCallLog"),
  CGROUP(
      Treatment.REPORTED,
      "Service",
      "there are no control groups of its own",
      "AllowedCPUs AllowedMemoryNodes CPUAccounting CPUQuota CPUQuotaPeriodSec CPUWeight"
          + " Delegate DisableControllers IOAccounting IODeviceLatencyTargetSec IODeviceWeight"
          + " IOReadBandwidthMax IOReadIOPSMax IOWeight IOWriteBandwidthMax IOWriteIOPSMax"
          + " IPAccounting ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit"
          + " ManagedOOMPreference ManagedOOMSwap MemoryAccounting MemoryHigh MemoryLow"
          + " MemoryMax MemoryMin MemorySwapMax OOMPolicy Slice StartupAllowedCPUs"
          + " StartupAllowedMemoryNodes StartupCPUWeight StartupIOWeight TasksAccounting"
          + " TasksMax"),
  PROCESS(
      Treatment.REPORTED,
      "Service",
      "the process has it as its host has it",
      "AmbientCapabilities CPUSchedulingResetOnFork CoredumpFilter ExecSearchPath IgnoreSIGPIPE NUMAMask NUMAPolicy"
          + " OOMScoreAdjust PAMName RuntimeDirectoryPreserve TimerSlackNSec TTYColumns TTYPath"
          + " TTYReset TTYRows TTYVHangup TTYVTDisallocate UtmpIdentifier UtmpMode"),
  JOURNAL(
      Treatment.REPORTED,
      "Service",
      "output goes to a log directory",
      "LogExtraFields LogLevelMax LogNamespace LogRateLimitBurst LogRateLimitIntervalSec"
          + " SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix"),
  ROOT_IMAGE(
      Treatment.REFUSED,
      "Service",
      "must not be there: without it the service would see other files",
      "BindPaths BindReadOnlyPaths ExtensionDirectories ExtensionImages IPCNamespacePath"
          + " MountAPIVFS MountFlags MountImages NetworkNamespacePath RootHash"
          + " RootHashSignature RootImage RootImageOptions RootVerity TemporaryFileSystem"),
  CREDENTIAL(
      Treatment.REFUSED,
      "Service",
      "must not be there: without it the service would not find what it needs",
      "LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted"),
  IDENTITY(
      Treatment.REFUSED,
      "Service",
      "must not be there: without it the service would run as somebody else, or in any case",
      "DynamicUser ExecCondition");

  private final Treatment treatment;
  private final String section;
  private final String why;
  private final String names;

  Directives(Treatment treatment, String section, String why, String names) {
    this.treatment = treatment;
    this.section = section;
    this.why = why;
    this.names = names;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Why they are reported or refused. */
  String why() {
    return why;
  }

  List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /** The group of this directive, if it may stand in this section. */
  static Optional<Directives> of(String section, String key) {
    return Stream.of(values())
        .filter(group -> group.section.equals(section) && group.names().contains(key))
        .findFirst();
  }
}
