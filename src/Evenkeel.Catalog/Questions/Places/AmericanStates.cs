using System.Collections.Frozen;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>States of the United States and provinces of Canada, which tell places of one name apart: "Paris, Texas", "Cambridge, MA".</summary>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="RegionCode">ISO 3166-2.</param>
/// <param name="Latitude">Of its middle, in degrees.</param>
/// <param name="Longitude">Of its middle, in degrees.</param>
internal sealed record AmericanState(string CountryCode, string RegionCode, double Latitude, double Longitude)
{
    private const string All =
        "AL alabama US 33 -87;AK alaska US 64 -153;AZ arizona US 34 -112;AR arkansas US 35 -92;CA california US 37 -120;CO colorado US 39 -105;"
        + "CT connecticut US 42 -73;DE delaware US 39 -75.5;FL florida US 28 -82;GA georgia US 33 -83;HI hawaii US 20 -156;ID idaho US 44 -115;"
        + "IL illinois US 40 -89;IN indiana US 40 -86;IA iowa US 42 -93;KS kansas US 38 -98;KY kentucky US 37 -85;LA louisiana US 31 -92;ME maine US 45 -69;"
        + "MD maryland US 39 -77;MA massachusetts US 42 -72;MI michigan US 44 -85;MN minnesota US 46 -94;MS mississippi US 33 -90;MO missouri US 38 -92;"
        + "MT montana US 47 -110;NE nebraska US 41 -100;NV nevada US 39 -117;NH new_hampshire US 44 -71.5;NJ new_jersey US 40 -74.5;"
        + "NM new_mexico US 34 -106;NY new_york US 43 -75;NC north_carolina US 35.5 -79;ND north_dakota US 47 -100;OH ohio US 40 -83;OK oklahoma US 35.5 -97;"
        + "OR oregon US 44 -120.5;PA pennsylvania US 41 -78;RI rhode_island US 41.7 -71.5;SC south_carolina US 34 -81;SD south_dakota US 44 -100;"
        + "TN tennessee US 36 -86;TX texas US 31 -99;UT utah US 39 -112;VT vermont US 44 -73;VA virginia US 37.5 -79;WA washington US 47 -120;"
        + "DC district_of_columbia US 38.9 -77;WV west_virginia US 39 -81;WI wisconsin US 44.5 -90;WY wyoming US 43 -107.5;"
        + "ON ontario CA 44 -80;QC quebec CA 46 -73;BC british_columbia CA 50 -122;AB alberta CA 53 -114;MB manitoba CA 50 -98;SK saskatchewan CA 52 -106;"
        + "NS nova_scotia CA 45 -63";

    private static readonly FrozenDictionary<string, AmericanState> ByName = All.Split(';').Select(row => row.Split(' '))
        .SelectMany(cells => new[] { (Name: cells[0], Cells: cells), (Name: cells[1].Replace('_', ' '), Cells: cells) })
        .ToFrozenDictionary(row => row.Name, row => new AmericanState(row.Cells[2], $"{row.Cells[2]}-{row.Cells[0]}", double.Parse(row.Cells[3]), double.Parse(row.Cells[4])));

    /// <summary>By folded name, or by code in capitals.</summary>
    public static AmericanState? Named(string original, string folded) => ByName.GetValueOrDefault(original.Length == 2 ? original : folded);
}
