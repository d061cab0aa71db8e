using System.Text.Json.Serialization;

namespace Farm.Server.Worker.State;

/// <summary>Who this worker is to its manager (contract section 1.4).</summary>
/// <param name="Manager">The manager that gave the id, for people who look at the file.</param>
/// <param name="Uuid">The manager's id for this worker.</param>
/// <param name="Secret">64 hexadecimal characters of this worker's own making.</param>
internal sealed record Credentials(string Manager, string Uuid, string Secret)
{
    // The secret must not reach a log through a record's own text.
    public override string ToString() => $"worker {Uuid} of {Manager}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Credentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
