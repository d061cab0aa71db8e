using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Settings of this protocol (Contracts/Deadline/Contract.md section 1.10).</summary>
internal sealed record DeadlineSettings : IValidatableObject
{
    /// <summary>The user name required by HTTP Basic; null for no authentication.</summary>
    [ConfigurationKeyName("user")]
    [Description("The user name that Deadline clients must send by HTTP Basic; unset for no authentication.")]
    public string? User { get; init => field = NullWhenEmpty(value); }

    /// <summary>The hash of that user's password.</summary>
    [ConfigurationKeyName("password_hash")]
    [Description("The hash of that user's password, as `farm hash-password` prints it.")]
    [PasswordPropertyText(true)]
    public string? PasswordHash { get; init => field = NullWhenEmpty(value); }

    /// <summary>The required user and password; null for no authentication.</summary>
    public BasicLogin? Login => User is not null && PasswordHash is not null ? new BasicLogin(User, PasswordHash) : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (User is null && PasswordHash is null) yield break;
        if (User is null) yield return new ValidationResult("is required with a password_hash", [nameof(User)]);
        if (PasswordHash is null || !SecretHash.IsHash(PasswordHash))
            yield return new ValidationResult("must be the output of \"farm hash-password\"", [nameof(PasswordHash)]);
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
