using Farm.Server.JobTypes.OpenJobDescription.Model;
using Farm.Server.JobTypes.OpenJobDescription.Reading;
using Farm.Server.JobTypes.OpenJobDescription.Spaces;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>Creates the parameter space of a step from the values of a submission.</summary>
internal static class StepSpace
{
    /// <summary>Returns the space, or null for a step with a single task.</summary>
    /// <exception cref="JobCompilationException">A resolved range or value is invalid, or the combination does not match.</exception>
    public static ParameterSpace? Of(StepTemplate step, ParameterValues values)
    {
        if (step.Space is not { } space) return null;
        var axes = new Dictionary<string, AxisValues>();
        foreach (var parameter in space.Parameters)
        {
            try
            {
                axes[parameter.Name] = Axis(parameter, values);
            }
            catch (FormatException broken)
            {
                throw new JobCompilationException($"Step \"{step.Name}\", task parameter \"{parameter.Name}\": {broken.Message}.", broken);
            }
        }

        try
        {
            return new ParameterSpace(space.Combination, axes);
        }
        catch (FormatException broken)
        {
            throw new JobCompilationException($"Step \"{step.Name}\": its parameter space {broken.Message}.", broken);
        }
    }

    private static AxisValues Axis(TaskParameter parameter, ParameterValues values) => parameter.Expression is { } expression
        ? AxisValues.Of(IntRange.Parse(expression.Resolve(values.OfJob)))
        : AxisValues.Of([.. parameter.Values.Select(value => Value(parameter.Type, value.Resolve(values.OfJob)))]);

    private static string Value(ParameterType type, string text)
    {
        if (TextRules.Between(text, 1, TextRules.MostOfValue) is { } problem) throw new FormatException($"the value \"{text}\" {problem}");
        return type is ParameterType.String or ParameterType.Path ? text
            : Numbers.Of(type, text) ?? throw new FormatException($"\"{text}\" is not a {(type == ParameterType.Int ? "whole " : "")}number");
    }
}
