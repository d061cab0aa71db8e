using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Contracts.Toy;

/// <summary>What a studio can set about this protocol.</summary>
internal sealed record ToySettings
{
    /// <summary>What is said with each answer.</summary>
    public string Greeting { get; init; } = "hello";
}

/// <summary>Reads and writes <c>contracts: {toy: {greeting}}</c>.</summary>
internal sealed class ToySettingsSection : ModuleSettings<ToySettings>
{
    public override IReadOnlyList<SettingKey> Keys { get; } = [new("greeting", "What is said with each answer.")];

    public override ToySettings Read(IConfigurationSection section) =>
        new() { Greeting = new SettingReader(section).Text("greeting", new ToySettings().Greeting) };

    public override void Write(ToySettings settings, JsonObject document) => document["greeting"] = settings.Greeting;
}
