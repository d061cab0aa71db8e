using System.Text.Json.Serialization;

namespace Farm.Server.Worker.State;

/// <summary>The credentials of this worker (contract section 1.4).</summary>
/// <param name="Manager">The manager that issued the id; informational.</param>
/// <param name="Uuid">The manager's id for this worker.</param>
/// <param name="Secret">64 hexadecimal characters, chosen by this worker.</param>
internal sealed record Credentials(string Manager, string Uuid, string Secret)
{
    /// <summary>The identity of the farm; null if its manager has none.</summary>
    public string? Farm { get; init; }

    /// <summary>The fingerprint of the manager's certificate, once it was given; null if a certificate that this machine trusts is needed.</summary>
    public string? Certificate { get; init; }

    // Without the secret, because the text may be logged.
    public override string ToString() => $"worker {Uuid} of {Manager}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Credentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
