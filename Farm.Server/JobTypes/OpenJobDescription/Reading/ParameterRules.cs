using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Checks values against the constraints of their parameter: defaults, allowed values and submitted values alike.</summary>
internal static class ParameterRules
{
    /// <summary>Checks a value; returns the problem or null.</summary>
    /// <param name="parameter">Defines the constraints.</param>
    /// <param name="value">Numbers must be normalized.</param>
    public static string? Check(JobParameter parameter, string value)
    {
        if (parameter.Type is ParameterType.String or ParameterType.Path)
        {
            if (TextRules.Value(value) is { } tooLong) return tooLong;
            var length = TextRules.Length(value);
            if (length < parameter.MinLength) return $"has {length} characters; the fewest are {parameter.MinLength}";
            if (length > parameter.MaxLength) return $"has {length} characters; the most are {parameter.MaxLength}";
        }
        else
        {
            if (parameter.MinValue is { } min && Numbers.Compare(value, min) < 0) return $"must be at least {min}, but is {value}";
            if (parameter.MaxValue is { } max && Numbers.Compare(value, max) > 0) return $"must be at most {max}, but is {value}";
        }

        return parameter.AllowedValues is { } allowed && !allowed.Any(other => IsSame(parameter, other, value))
            ? $"must be one of {string.Join(", ", allowed.Select(text => $"\"{text}\""))}, but is \"{value}\""
            : null;
    }

    /// <summary>Whether two values are equal; numbers are compared numerically.</summary>
    public static bool IsSame(JobParameter parameter, string left, string right) =>
        parameter.Type is ParameterType.String or ParameterType.Path ? left == right : Numbers.Compare(left, right) == 0;
}
