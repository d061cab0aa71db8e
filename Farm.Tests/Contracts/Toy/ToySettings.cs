using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Farm.Tests.Contracts.Toy;

/// <summary>What a studio can set about this protocol: <c>contracts: {toy: {greeting}}</c>.</summary>
internal sealed record ToySettings
{
    /// <summary>What is said with each answer.</summary>
    [ConfigurationKeyName("greeting")]
    [Description("What is said with each answer.")]
    public string Greeting { get; init; } = "hello";
}
