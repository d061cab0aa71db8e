using Farm.Server.Contracts;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Deadline;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Variables;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Workers;
using Farm.Tests.Yaml;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Hosting.Configuration;

public sealed class FarmSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void An_empty_file_gives_the_defaults()
    {
        var settings = Read("");

        Assert.Equal([":8080"], settings.Listen);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.Limits.TaskTimeout);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Limits.WorkerTimeout);
        Assert.Equal(3, settings.Limits.Failures.BlocklistThreshold);
        Assert.Equal("/own/storage", settings.SharedStoragePath);
        Assert.Equal(!OperatingSystem.IsWindows(), settings.Shaman.Enabled);
        Assert.Equal(TimeSpan.FromHours(24), settings.Shaman.GarbageCollectPeriod);
        Assert.Equal(TimeSpan.FromDays(31), settings.Shaman.GarbageCollectMaxAge);
        Assert.True(settings.Contracts["flamenco"].IsEnabled);
    }

    [Theory]
    [InlineData("ffmpeg: /usr/bin/ffmpeg", 1)]
    [InlineData("ffmpeg: \"\"", 0)]
    public void The_ffmpeg_key_of_older_files_is_accepted_with_a_warning(string file, int warnings) =>
        Assert.Equal(Enumerable.Repeat("ffmpeg: not used, previews are made without FFmpeg", warnings), Read(file).Warnings);

    [Fact]
    public void Backups_have_times_contents_and_an_age()
    {
        Assert.Equal([new TimeOnly(3, 0)], Read("").Backups.Times);
        var backups = Read(
            """
            backups:
              at: [03:00, 15:30]
              with: settings, artifacts
              keep_days: 30
              keep_at_least: 5
            """).Backups;
        Assert.Equal([new TimeOnly(3, 0), new TimeOnly(15, 30)], backups.Times);
        Assert.Equal([BackupPart.Settings, BackupPart.Artifacts], backups.With);
        Assert.Equal((30, 5), (backups.KeepDays, backups.KeepAtLeast));
        Assert.Empty(Read("backups: {at: []}").Backups.Times);
        Assert.Equal([new TimeOnly(22, 5)], Read("backups: {at: 22:05}").Backups.Times);
        Assert.Empty(Read("backups: {with: []}").Backups.With);
        Assert.Contains("\"25:00\" is not a time like 03:00", Assert.Throws<SettingException>(() => Read("backups: {at: [25:00]}")).Message);
    }

    [Fact]
    public void Backups_of_a_PostgreSQL_database_are_refused() => Assert.Contains(
        "back up the PostgreSQL database with pg_dump",
        Assert.Throws<SettingException>(() => Read("database: postgres://farm@db/farm\nbackups: {keep_days: 3}")).Message);

    [Fact]
    public void Flamencos_keys_keep_their_names_and_formats()
    {
        var settings = Read(
            """
            manager_name: Render Castle
            listen: 127.0.0.1:9000
            task_timeout: 1h30m
            worker_timeout: 90s
            blocklist_threshold: 5
            task_fail_after_softfail_count: 2
            shared_storage_path: /mnt/farm
            shaman: {enabled: false, garbageCollect: {period: 12h, maxAge: 100h0m0s}}
            """);

        Assert.Equal("Render Castle", settings.ManagerName);
        Assert.Equal(["http://127.0.0.1:9000"], ListenUrls.Of(settings.Listen));
        Assert.Equal(TimeSpan.FromMinutes(90), settings.Limits.TaskTimeout);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.Limits.WorkerTimeout);
        Assert.Equal(5, settings.Limits.Failures.BlocklistThreshold);
        Assert.Equal(2, settings.Limits.Failures.TaskFailAfter);
        Assert.False(settings.Shaman.Enabled);
        Assert.Equal(TimeSpan.FromHours(12), settings.Shaman.GarbageCollectPeriod);
        Assert.Equal(TimeSpan.FromHours(100), settings.Shaman.GarbageCollectMaxAge);
        Assert.Equal("/mnt/farm", settings.Variables.For(VariableAudience.Workers, "linux").Single(variable => variable.Name == "jobs").Value);
    }

    [Fact]
    public void Limits_on_task_output_are_set_in_bytes_and_files()
    {
        Assert.Equal(new ArtifactLimits(), Read("").Limits.Artifacts);
        Assert.Equal(
            new ArtifactLimits() with { MaxFileBytes = 5_000_000_000, MaxJobFiles = 20 }, Read("artifacts: {max_file_bytes: 5000000000, max_job_files: 20}").Limits.Artifacts);
        Assert.Contains("max_job_bytes", Assert.Throws<SettingException>(() => Read("artifacts: {max_job_bytes: 0}")).Message);
        Assert.Contains("max_size", Assert.Throws<SettingException>(() => Read("artifacts: {max_size: 1}")).Message);
    }

    [Fact]
    public void Limits_on_submissions_and_pages_are_set_within_bounds()
    {
        Assert.Equal(new JobSizeLimits(), Read("").Limits.Jobs);
        Assert.Equal(new PageLimits(), Read("").Limits.Pages);
        Assert.Equal(new JobSizeLimits(5, 1_000_000, 20_000), Read("jobs: {max_tasks: 5, max_bytes: 1000000, max_task_bytes: 20000}").Limits.Jobs);
        Assert.Equal(new PageLimits(7, 3), Read("dashboard: {max_pages: 7, max_pages_per_address: 3}").Limits.Pages);
        Assert.Equal(2_000_000, Read("max_buffered_bytes: 2000000").Security.MaxBufferedBytes);
        foreach (var wrong in (string[])
            [
                "jobs: {max_tasks: 0}", "jobs: {max_tasks: 10000001}", "jobs: {max_bytes: 1000}", "jobs: {max_task_bytes: 17000000}", "dashboard: {max_pages: 0}",
                "dashboard: {max_pages_per_address: 10001}", "max_buffered_bytes: 1000",
            ])
            Assert.Contains("must be a whole number from", Assert.Throws<SettingException>(() => Read(wrong)).Message);
    }

    [Fact]
    public void With_Shaman_job_files_are_in_a_subfolder_of_the_shared_storage()
    {
        var settings = Read("{shared_storage_path: /mnt/farm, shaman: {enabled: true}}");

        var expected = Path.Combine("/mnt/farm", "jobs");
        Assert.Equal(expected, settings.EffectiveSharedStorage);
        Assert.Equal(expected, settings.Variables.For(VariableAudience.Workers, "linux").Single(variable => variable.Name == "jobs").Value);
    }

    [Fact]
    public void A_configured_variable_replaces_the_default_of_the_same_name()
    {
        var settings = Read(
            """
            variables:
              blender:
                values:
                  - {platform: linux, value: /opt/blender/blender}
                  - {platforms: [windows, darwin], audience: workers, value: B}
              storage:
                is_twoway: true
                values:
                  - {platform: linux, value: /mnt/s}
            """);

        var onLinux = settings.Variables.For(VariableAudience.Workers, "linux");
        Assert.Equal("/opt/blender/blender", onLinux.Single(variable => variable.Name == "blender").Value);
        Assert.True(onLinux.Single(variable => variable.Name == "storage").IsTwoway);
        Assert.Equal("B", settings.Variables.For(VariableAudience.Workers, "windows").Single(variable => variable.Name == "blender").Value);
        Assert.DoesNotContain(settings.Variables.For(VariableAudience.Users, "windows"), variable => variable.Name == "blender");
        Assert.Contains(onLinux, variable => variable.Name == "blenderArgs");
    }

    [Theory]
    [InlineData("task_timeuot: 10m", "task_timeuot")]
    [InlineData("task_timeout: ten", "task_timeout")]
    [InlineData("blocklist_threshold: 0", "blocklist_threshold")]
    [InlineData("autodiscoverable: maybe", "autodiscoverable")]
    [InlineData("contracts: {gopher: {enabled: true}}", "contracts:gopher: Unknown protocol; expected one of flamenco, deadline, task_tracker, flowserv, aspire, farm")]
    [InlineData("contracts: {flamenco: {prefix: x}}", "prefix")]
    [InlineData("contracts: {flamenco: {enable: true}}", "enable")]
    [InlineData("shaman: true", "shaman")]
    [InlineData("shaman: {enable: true}", "enable")]
    [InlineData("shaman: {garbageCollect: {period: daily}}", "period")]
    [InlineData("shaman: {garbageCollect: {age: 1h}}", "age")]
    [InlineData("contracts: {flamenco: {user: x}}", "user")]
    [InlineData("contracts: {deadline: {user: x}}", "password_hash")]
    [InlineData("contracts: {deadline: {retry_limit: 3}}", "retry_limit: Unknown setting; expected one of enabled, prefix, user, password_hash")]
    [InlineData("contracts: {aspire: {retry_limit: 0}}", "retry_limit")]
    [InlineData("contracts: {aspire: {worker_timeout: soon}}", "worker_timeout")]
    [InlineData("contracts: {aspire: {forward_releases: perhaps}}", "forward_releases")]
    [InlineData("contracts: {deadline: {user: x, password_hash: secret}}", "farm hash-password")]
    [InlineData("contracts: {deadline: {password_hash: secret}}", "user")]
    [InlineData("variables: {x: {values: []}}", "variables:x")]
    [InlineData("variables: {x: {values: [{platform: linux}]}}", "value")]
    [InlineData("variables: {x: {values: [{value: y}]}}", "platform")]
    [InlineData("variables: {x: {values: [{platform: linux, audience: cats, value: y}]}}", "cats")]
    [InlineData("variables: {x: {is_twowya: true}}", "variables:x:is_twowya: Unknown setting; expected one of is_twoway, values")]
    [InlineData("variables: {x: {values: [{platfrom: linux, value: y}]}}", "variables:x:values:0:platfrom: Unknown setting")]
    [InlineData("networks: [loopback, lan]", "setting networks: \"lan\" is not any, loopback")]
    [InlineData("_meta: {version: 4}", "_meta:version: \"4\" is an unknown version of the file; expected 3")]
    [InlineData("listen: 8080", "setting listen: \"8080\" is not an address like :8080")]
    [InlineData("- a list", "keys and values")]
    [InlineData("manager_name: a\n...\nlisten: :9000", "more than one document")]
    [InlineData("listen: [", "line")]
    public void An_invalid_setting_is_rejected_by_name(string yaml, string named) =>
        Assert.Contains(named, Assert.Throws<SettingException>(() => Read(yaml)).Message);

    [Fact]
    public void A_hostile_file_is_refused_with_its_name_and_line()
    {
        foreach (var (text, reason) in HostileYaml.Refused.Values)
        {
            var refused = Assert.Throws<SettingException>(() => Read(text)).Message;
            Assert.Contains(_file, refused);
            Assert.Contains(" in line ", refused);
            Assert.Contains(reason, refused);
        }
    }

    [Fact]
    public void A_list_as_a_key_is_refused() => Assert.Contains("in line 2", Assert.Throws<SettingException>(() => Read("listen: :8080\n? [a]\n: b")).Message);

    [Fact]
    public void Batch_settings_are_read()
    {
        var settings = Read("contracts: {aspire: {worker_timeout: 1h0m0s, retry_limit: 7, forward_releases: true}}");

        Assert.Equal(
            new BatchSettings { WorkerTimeout = TimeSpan.FromHours(1), RetryLimit = 7, ForwardReleases = true }, settings.Contracts["aspire"].Own);
        Assert.Equal(new BatchSettings(), Read("").Contracts["aspire"].Own);
    }

    [Fact]
    public async Task A_protocol_requires_the_password_matching_the_configured_hash()
    {
        var settings = Read($"contracts: {{deadline: {{user: td, password_hash: '{SecretHash.Make("s3cret")}'}}}}");

        var login = ((DeadlineSettings)settings.Contracts["deadline"].Own!).Login!;
        Assert.True(await login.CheckAsync("td", "s3cret"));
        Assert.False(await login.CheckAsync("td", "other"));
        Assert.False(await login.CheckAsync("other", "s3cret"));
        Assert.Null(settings.Contracts["flamenco"].Own);
    }

    [Fact]
    public void The_error_does_not_reveal_an_invalid_hash() => Assert.DoesNotContain(
        "secret", Assert.Throws<SettingException>(() => Read("contracts: {deadline: {user: x, password_hash: secret}}")).Message);

    [Theory]
    [InlineData("[':8080', 'https://:8443']")]
    [InlineData("':8080, https://:8443'")]
    public void The_server_may_listen_on_several_addresses(string listen)
    {
        var settings = Read($"{{listen: {listen}, certificate: self-signed}}");
        Assert.Equal(["http://0.0.0.0:8080", "https://0.0.0.0:8443"], ListenUrls.Of(settings.Listen));
        Assert.Equal(":8080, https://:8443", (string)SettingsDocument.Write(settings, ProtocolModules.All)["listen"]!);
    }

    [Theory]
    [InlineData("listen: 'https://:8443'", "\"https://:8443\" needs a certificate; set certificate to a file, or to self-signed")]
    [InlineData("listen: ''", "is empty, so the server would not listen")]
    [InlineData("listen: ['https://:8443', '8080']", "\"8080\" is not an address like :8080")]
    [InlineData("certificate: farm.pem", "\"farm.pem\" must be an absolute path, or self-signed")]
    [InlineData("certificate_key: farm.key", "\"farm.key\" must be an absolute path")]
    [InlineData("certificate_password_file: secret", "\"secret\" must be an absolute path")]
    public void Settings_of_https_that_cannot_work_are_rejected(string yaml, string problem) =>
        Assert.Contains(problem, Assert.Throws<SettingException>(() => Read(yaml)).Message);

    [Theory]
    [InlineData("10m0s", 600)]
    [InlineData("1h", 3600)]
    [InlineData("1.5s", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    public void Durations_are_parsed_in_Flamencos_format(string text, double seconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("")]
    [InlineData("-1m")]
    [InlineData("1d")]
    [InlineData("00:10:00")]
    public void Other_durations_are_rejected(string text) => Assert.False(GoDuration.TryParse(text, out _));

    private FarmSettings Read(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return FarmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(YamlFile.Read(_file)).Build(), "/own/storage", ProtocolModules.All);
    }
}
