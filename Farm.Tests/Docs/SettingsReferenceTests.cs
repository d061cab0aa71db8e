using System.Text.Json.Nodes;
using Farm.Server.Contracts;
using Farm.Server.Contracts.Deadline;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Workers;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Docs;

/// <summary>The documented settings match those that the farm reads.</summary>
public sealed class SettingsReferenceTests
{
    private static readonly SettingsReference Reference = new(ProtocolModules.All);

    [Fact]
    public void Every_setting_in_the_code_is_documented()
    {
        var read = FarmSettings.Read(new ConfigurationBuilder().Build(), "", ProtocolModules.All);
        var deadline = read.Contracts["deadline"] with
        {
            Own = new DeadlineSettings { User = "farm", PasswordHash = SecretHash.Make("secret") },
        };
        var all = read with { Contracts = read.Contracts.ToDictionary(pair => pair.Key, pair => pair.Key == "deadline" ? deadline : pair.Value) };
        var document = SettingsDocument.Write(all, ProtocolModules.All);
        foreach (var key in IgnoredFlamencoKeys.Names) document.Remove(key);

        Assert.Equal([], Leaves(document).Except(Reference.All.Select(setting => setting.Key)));
    }

    [Fact]
    public void Every_documented_setting_exists_in_the_code()
    {
        foreach (var setting in Reference.All)
        {
            // An unknown key is rejected as such; any other error is about the value.
            var values = new Dictionary<string, string?> { [setting.Key.Replace('.', ':')] = "~" };
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
            var refusal = Record.Exception(() => FarmSettings.Read(configuration, "", ProtocolModules.All));
            Assert.True(refusal is null or SettingException, $"{setting.Key}: {refusal}");
            Assert.DoesNotContain("Unknown setting", refusal?.Message ?? "");
            Assert.DoesNotContain("Unknown protocol", refusal?.Message ?? "");
        }

        Assert.Equal(Reference.All.Count, Reference.All.DistinctBy(setting => setting.Key).Count());
    }

    [Fact]
    public void Every_ignored_key_is_documented() =>
        Assert.Equal(IgnoredFlamencoKeys.Names.Order(), Reference.Ignored.Select(key => key.Key).Order());

    [Fact]
    public void Settings_documented_to_apply_at_once_do()
    {
        var documented = Reference.All.Where(setting => setting.AppliesAtOnce).Select(setting => setting.Key.Split('.')[0]).Distinct();

        Assert.Equal(CurrentSettings.AppliedAtOnce.Order(), documented.Order());
    }

    [Fact]
    public void Every_setting_has_a_meaning_and_possible_values() =>
        Assert.All(Reference.All, setting => Assert.False(setting.Meaning.Length == 0 || setting.Values.Length == 0, setting.Key));

    [Theory]
    [InlineData("task_timeout", "10m0s")]
    [InlineData("contracts.task_tracker.stored_log_levels", "error, warn, info")]
    [InlineData("contracts.aspire.enabled", "true")]
    public void Defaults_come_from_the_code(string key, string value) =>
        Assert.Equal(value, Reference.All.Single(setting => setting.Key == key).Default);

    private static IEnumerable<string> Leaves(JsonObject document, string prefix = "")
    {
        foreach (var (key, value) in document)
        {
            if (value is JsonObject section && prefix + key != "variables")
                foreach (var leaf in Leaves(section, $"{prefix}{key}.")) yield return leaf;
            else
                yield return prefix + key;
        }
    }
}
