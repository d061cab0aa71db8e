using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Deadline;

/// <summary>What a studio can set about this protocol (Contracts/Deadline/Contract.md section 1.10).</summary>
internal sealed record DeadlineSettings : IValidatableObject
{
    /// <summary>The user that the protocol asks for by HTTP Basic; null when it asks for none.</summary>
    [ConfigurationKeyName("user")]
    [Description("The user that Deadline's clients must send by HTTP Basic; without it nothing is asked for.")]
    public string? User { get; init => field = NullWhenEmpty(value); }

    /// <summary>The hash of that user's password.</summary>
    [ConfigurationKeyName("password_hash")]
    [Description("The hash of that user's password, as `farm hash-password` prints it.")]
    [PasswordPropertyText(true)]
    public string? PasswordHash { get; init => field = NullWhenEmpty(value); }

    /// <summary>The user and password that the protocol asks for; null when it asks for none.</summary>
    public BasicLogin? Login => User is not null && PasswordHash is not null ? new BasicLogin(User, PasswordHash) : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (User is null && PasswordHash is null) yield break;
        if (User is null) yield return new ValidationResult("must be given with a password_hash", [nameof(User)]);
        if (PasswordHash is null || !SecretHash.IsHash(PasswordHash))
            yield return new ValidationResult("must be what \"farm hash-password\" prints", [nameof(PasswordHash)]);
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
