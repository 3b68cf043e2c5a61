using System.IO.Compression;
using System.Text;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// Small files in the layouts of the official lists and of exchange formats. Everybody in them is invented; countries and
/// programmes are real only because readers know them.
/// </summary>
internal static class ListSamples
{
    public const string EuXml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-03-02T10:15:30.000+01:00" globalFileId="900001">
          <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.9001.11" logicalId="9001" designationDate="2021-05-04">
            <remark>Date of listing: 4.5.2021. Organised the smuggling of migrants by sea.</remark>
            <regulation regulationType="regulation" organisationType="council" publicationDate="2021-05-04" entryIntoForceDate="2021-05-05" numberTitle="2021/900 (OJ L900)" programme="LBY" logicalId="1">
              <publicationUrl>https://eur-lex.europa.eu/eli/reg_impl/2021/900/oj</publicationUrl>
            </regulation>
            <subjectType code="person" classificationCode="P"/>
            <nameAlias firstName="Orin" middleName="Tal" lastName="VESSELMAN" wholeName="Orin Tal VESSELMAN" function="Head of the Blue Shore network" gender="M" title="Captain" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="11">
              <regulationSummary regulationType="regulation" publicationDate="2021-05-04" publicationUrl="https://eur-lex.europa.eu/x" numberTitle="2021/900"/>
            </nameAlias>
            <nameAlias firstName="" middleName="" lastName="" wholeName="Орин Весельман" function="" gender="" title="" nameLanguage="RU" strong="true" regulationLanguage="en" logicalId="12"/>
            <nameAlias firstName="" middleName="" lastName="" wholeName="The Ferryman" function="" gender="" title="" nameLanguage="" strong="false" regulationLanguage="en" logicalId="13">
              <remark>Low quality alias</remark>
            </nameAlias>
            <citizenship region="" countryIso2Code="LY" countryDescription="LIBYA" regulationLanguage="en" logicalId="21"/>
            <citizenship region="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="22"/>
            <birthdate circa="false" calendarType="GREGORIAN" city="Zuwarah" zipCode="" birthdate="1979-02-11" dayOfMonth="11" monthOfYear="2" year="1979" region="" place="" countryIso2Code="LY" countryDescription="LIBYA" regulationLanguage="en" logicalId="31"/>
            <birthdate circa="true" calendarType="GREGORIAN" city="" zipCode="" yearRangeFrom="1976" yearRangeTo="1978" region="" place="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="32"/>
            <birthdate circa="false" calendarType="ISLAMIC" city="" zipCode="" dayOfMonth="3" monthOfYear="4" year="1399" region="" place="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="33"/>
            <address city="Zuwarah" street="Harbour Road 5" poBox="17" zipCode="10101" region="" place="" asAtListingTime="true" countryIso2Code="LY" countryDescription="LIBYA" regulationLanguage="en" logicalId="41">
              <contactInfo key="EMAIL" value="orin@blueshore.example"/>
              <contactInfo key="TELEX" value="4711"/>
            </address>
            <identification diplomatic="false" knownExpired="true" knownFalse="true" reportedLost="false" revokedByIssuer="false" issueDate="2015-01-02" issuedBy="Tripoli" latinNumber="" nameOnDocument="" number="LX900123" validFrom="" validTo="2020-01-02" region="" identificationTypeCode="passport" identificationTypeDescription="National passport" countryIso2Code="LY" countryDescription="LIBYA" regulationLanguage="en" logicalId="51"/>
            <identification diplomatic="false" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="90-77" region="" identificationTypeCode="other" identificationTypeDescription="Other identification number" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="52"/>
          </sanctionEntity>
          <sanctionEntity designationDetails="" unitedNationId="LYe.901" euReferenceNumber="" logicalId="9002">
            <regulation regulationType="amendment" organisationType="commission" publicationDate="2022-07-01" entryIntoForceDate="2022-07-02" numberTitle="2022/901 (OJ L901)" programme="LBY" logicalId="2">
              <publicationUrl>https://eur-lex.europa.eu/eli/reg_impl/2022/901/oj</publicationUrl>
            </regulation>
            <subjectType code="enterprise" classificationCode="E"/>
            <nameAlias firstName="" middleName="" lastName="" wholeName="Blue Shore Shipping Ltd" function="" gender="" title="" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="14"/>
            <identification diplomatic="false" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="C-900900" region="" identificationTypeCode="regnumber" identificationTypeDescription="Registration Number" countryIso2Code="MT" countryDescription="MALTA" regulationLanguage="en" logicalId="53"/>
          </sanctionEntity>
        </export>
        """;

    private const string EuColumns =
        "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;Entity_Regulation_OrganisationType;Entity_Regulation_PublicationDate;Entity_Regulation_EntryIntoForceDate;Entity_Regulation_NumberTitle;Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Gender;NameAlias_Title;NameAlias_Function;NameAlias_LogicalId;NameAlias_RegulationLanguage;NameAlias_Remark;NameAlias_Regulation_NumberTitle;Address_City;Address_Street;Address_PoBox;Address_ZipCode;Address_AsAtListingTime;Address_ContactInfo;Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;BirthDate_Day;BirthDate_Month;BirthDate_Year;BirthDate_YearRangeFrom;BirthDate_YearRangeTo;BirthDate_Circa;BirthDate_CalendarType;BirthDate_City;BirthDate_CountryIso2Code;BirthDate_CountryDescription;Identification_Number;Identification_KnownExpired;Identification_KnownFalse;Identification_IssuedBy;Identification_IssuedDate;Identification_ValidTo;Identification_TypeCode;Identification_TypeDescription;Identification_CountryIso2Code;Identification_CountryDescription;Citizenship_CountryIso2Code;Citizenship_CountryDescription";

    private static readonly string[] EuOrin =
    [
        "fileGenerationDate=02/03/2026",
        "Entity_LogicalId=9001",
        "Entity_EU_ReferenceNumber=EU.9001.11",
        "Entity_DesignationDate=2021-05-04",
        "Entity_Remark=Date of listing: 4.5.2021. Organised the smuggling of migrants by sea.",
        "Entity_SubjectType=P",
        "Entity_SubjectType_ClassificationCode=person",
        "Entity_Regulation_PublicationDate=2021-05-04",
        "Entity_Regulation_EntryIntoForceDate=2021-05-05",
        "Entity_Regulation_NumberTitle=2021/900 (OJ L900)",
        "Entity_Regulation_Programme=LBY",
        "Entity_Regulation_PublicationUrl=https://eur-lex.europa.eu/eli/reg_impl/2021/900/oj",
    ];

    private static readonly string[] EuFirm =
    [
        "fileGenerationDate=02/03/2026",
        "Entity_LogicalId=9002",
        "Entity_UnitedNationId=LYe.901",
        "Entity_SubjectType=E",
        "Entity_SubjectType_ClassificationCode=enterprise",
        "Entity_Regulation_PublicationDate=2022-07-01",
        "Entity_Regulation_EntryIntoForceDate=2022-07-02",
        "Entity_Regulation_NumberTitle=2022/901 (OJ L901)",
        "Entity_Regulation_Programme=LBY",
        "Entity_Regulation_PublicationUrl=https://eur-lex.europa.eu/eli/reg_impl/2022/901/oj",
    ];

    /// <summary>Not in the order of the entities, as rows need not be.</summary>
    private static readonly (string[] Entity, string[] Part)[] EuRows =
    [
        (
            EuOrin,
            [
                "NameAlias_LastName=VESSELMAN",
                "NameAlias_FirstName=Orin",
                "NameAlias_MiddleName=Tal",
                "NameAlias_WholeName=Orin Tal VESSELMAN",
                "NameAlias_NameLanguage=EN",
                "NameAlias_Gender=M",
                "NameAlias_Title=Captain",
                "NameAlias_Function=Head of the Blue Shore network",
                "NameAlias_LogicalId=11",
                "NameAlias_Regulation_NumberTitle=2021/900",
            ]
        ),
        (EuOrin, ["NameAlias_WholeName=Орин Весельман", "NameAlias_NameLanguage=RU"]),
        (EuOrin, ["NameAlias_WholeName=The Ferryman", "NameAlias_Remark=Low quality alias"]),
        (EuOrin, ["Citizenship_CountryIso2Code=LY", "Citizenship_CountryDescription=LIBYA"]),
        (EuOrin, ["Citizenship_CountryIso2Code=00", "Citizenship_CountryDescription=UNKNOWN"]),
        (
            EuOrin,
            [
                "BirthDate_BirthDate=1979-02-11",
                "BirthDate_Day=11",
                "BirthDate_Month=2",
                "BirthDate_Year=1979",
                "BirthDate_Circa=false",
                "BirthDate_CalendarType=GREGORIAN",
                "BirthDate_City=Zuwarah",
                "BirthDate_CountryIso2Code=LY",
                "BirthDate_CountryDescription=LIBYA",
            ]
        ),
        (EuFirm, ["NameAlias_WholeName=Blue Shore Shipping Ltd", "NameAlias_NameLanguage=EN"]),
        (
            EuOrin,
            [
                "BirthDate_YearRangeFrom=1976",
                "BirthDate_YearRangeTo=1978",
                "BirthDate_Circa=true",
                "BirthDate_CalendarType=GREGORIAN",
                "BirthDate_CountryIso2Code=00",
                "BirthDate_CountryDescription=UNKNOWN",
            ]
        ),
        (EuOrin, ["BirthDate_Day=3", "BirthDate_Month=4", "BirthDate_Year=1399", "BirthDate_CalendarType=ISLAMIC"]),
        (
            EuOrin,
            [
                "Address_City=Zuwarah",
                "Address_Street=Harbour Road 5",
                "Address_PoBox=17",
                "Address_ZipCode=10101",
                "Address_AsAtListingTime=true",
                "Address_ContactInfo=EMAIL[orin@blueshore.example] TELEX[4711]",
                "Address_CountryIso2Code=LY",
                "Address_CountryDescription=LIBYA",
            ]
        ),
        (
            EuOrin,
            [
                "Identification_Number=LX900123",
                "Identification_KnownExpired=true",
                "Identification_KnownFalse=true",
                "Identification_IssuedBy=Tripoli",
                "Identification_IssuedDate=2015-01-02",
                "Identification_ValidTo=2020-01-02",
                "Identification_TypeCode=passport",
                "Identification_TypeDescription=National passport",
                "Identification_CountryIso2Code=LY",
                "Identification_CountryDescription=LIBYA",
            ]
        ),
        (
            EuOrin,
            [
                "Identification_Number=90-77",
                "Identification_TypeCode=other",
                "Identification_TypeDescription=Other identification number",
            ]
        ),
        (
            EuFirm,
            [
                "Identification_Number=C-900900",
                "Identification_TypeCode=regnumber",
                "Identification_TypeDescription=Registration Number",
                "Identification_CountryIso2Code=MT",
                "Identification_CountryDescription=MALTA",
            ]
        ),
    ];

    /// <summary>The same two entities as in <see cref="EuXml"/>, a row to each name, address, birth, document and citizenship.</summary>
    public static string EuCsv =>
        "\uFEFF"
        + EuColumns
        + "\r\n"
        + string.Concat(EuRows.Select(r => Row(EuColumns, ';', [.. r.Entity, .. r.Part])));

    public const string UkXml = """
        <?xml version="1.0" encoding="utf-8"?>
        <Designations>
          <DateGenerated>02/03/2026</DateGenerated>
          <Designation>
            <LastUpdated>16/01/2026</LastUpdated>
            <DateDesignated>23/07/2025</DateDesignated>
            <UniqueID>GIM9001</UniqueID>
            <OFSIGroupID>99001</OFSIGroupID>
            <UNReferenceNumber>LYi.901</UNReferenceNumber>
            <Names>
              <Name><Name1>Orin</Name1><Name2>Tal</Name2><Name6>VESSELMAN</Name6><NameType>Primary Name</NameType></Name>
              <Name><Name6>FERRYMAN</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
              <Name><Name1>Oren</Name1><Name6>VESSELMANN</Name6><NameType>Primary Name Variation</NameType></Name>
            </Names>
            <NonLatinNames>
              <NonLatinName><NameNonLatinScript>Орин Весельман</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType><NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName>
            </NonLatinNames>
            <Titles><Title>Captain</Title></Titles>
            <RegimeName>The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025</RegimeName>
            <IndividualEntityShip>Individual</IndividualEntityShip>
            <DesignationSource>UK</DesignationSource>
            <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
            <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan></SanctionsImposedIndicators>
            <OtherInformation>Known along the coast.</OtherInformation>
            <UKStatementofReasons>Involved in people smuggling across the sea.</UKStatementofReasons>
            <Addresses><Address><AddressLine1>5 Harbour Road</AddressLine1><AddressLine6>Zuwarah</AddressLine6><AddressPostalCode>10101</AddressPostalCode><AddressCountry>Libya</AddressCountry></Address></Addresses>
            <IndividualDetails><Individual>
              <DOBs><DOB>11/02/1979</DOB><DOB>dd/mm/1978</DOB></DOBs>
              <PassportDetails><Passport><PassportNumber>LX900123</PassportNumber><PassportAdditionalInformation>Expired</PassportAdditionalInformation></Passport></PassportDetails>
              <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>90-77</NationalIdentifierNumber></NationalIdentifier></NationalIdentifierDetails>
              <Nationalities><Nationality>Libya</Nationality></Nationalities>
              <Positions><Position>Head of the Blue Shore network</Position></Positions>
              <Genders><Gender>Male</Gender></Genders>
              <BirthDetails><Location><TownOfBirth>Zuwarah</TownOfBirth><CountryOfBirth>Libya</CountryOfBirth></Location></BirthDetails>
            </Individual></IndividualDetails>
          </Designation>
          <Designation>
            <LastUpdated>16/01/2026</LastUpdated>
            <DateDesignated>23/07/2025</DateDesignated>
            <UniqueID>GIM9002</UniqueID>
            <Names><Name><Name6>SEA SPARROW</Name6><NameType>Primary Name</NameType></Name></Names>
            <RegimeName>The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025</RegimeName>
            <IndividualEntityShip>Ship</IndividualEntityShip>
            <ShipDetails><Ship>
              <IMONumbers><IMONumber>9074729</IMONumber></IMONumbers>
              <CurrentOwnerOperators><CurrentOwnerOperator>Blue Shore Shipping Ltd</CurrentOwnerOperator></CurrentOwnerOperators>
              <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
              <PreviousFlags><PreviousFlag>Malta</PreviousFlag></PreviousFlags>
              <TypeOfShipDetails><TypeOfShip>General cargo</TypeOfShip></TypeOfShipDetails>
              <YearsBuilt><YearBuilt>1995</YearBuilt></YearsBuilt>
            </Ship></ShipDetails>
          </Designation>
        </Designations>
        """;

    private const string UkColumnNames =
        "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)";

    private const string Regime =
        "Regime Name=The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025";

    private static readonly string[] UkOrin =
    [
        "Last Updated=16/01/2026",
        "Unique ID=GIM9001",
        "OFSI Group ID=99001",
        "UN Reference Number=LYi.901",
        Regime,
        "Designation Type=Individual",
        "Designation source=UK",
        "Sanctions Imposed=Asset freeze|Travel Ban",
        "Date Designated=23/07/2025",
        "Other Information=Known along the coast.",
        "UK Statement of Reasons=Involved in people smuggling across the sea.",
    ];

    private static readonly string[] UkShip =
    [
        "Last Updated=16/01/2026",
        "Unique ID=GIM9002",
        Regime,
        "Designation Type=Ship",
        "Date Designated=23/07/2025",
    ];

    private static readonly (string[] Entry, string[] Part)[] UkRows =
    [
        (
            UkOrin,
            [
                "Name 6=VESSELMAN",
                "Name 1=Orin",
                "Name 2=Tal",
                "Name type=Primary Name",
                "Title=Captain",
                "Name non-latin script=Орин Весельман",
                "Non-latin script type=Cyrillic",
                "Non-latin script language=Russian",
                "Address Line 1=5 Harbour Road",
                "Address Line 6=Zuwarah",
                "Address Postal Code=10101",
                "Address Country=Libya",
                "D.O.B=11/02/1979",
                "Nationality(/ies)=Libya",
                "National Identifier number=90-77",
                "Passport number=LX900123",
                "Passport additional information=Expired",
                "Position=Head of the Blue Shore network",
                "Gender=Male",
                "Town of birth=Zuwarah",
                "Country of birth=Libya",
            ]
        ),
        (
            UkShip,
            [
                "Name 6=SEA SPARROW",
                "Name type=Primary Name",
                "IMO number=9074729",
                "Current owner/operator (s)=Blue Shore Shipping Ltd",
                "Current believed flag of ship=Panama",
                "Previous flags=Malta",
                "Type of ship=General cargo",
                "Year Built=1995",
            ]
        ),
        (UkOrin, ["Name 6=FERRYMAN", "Name type=Alias", "Alias strength=Low quality a.k.a", "D.O.B=dd/mm/1978"]),
        (UkOrin, ["Name 6=VESSELMANN", "Name 1=Oren", "Name type=Primary Name Variation"]),
    ];

    /// <summary>The same two entries as in <see cref="UkXml"/>.</summary>
    public static string UkCsv =>
        "Report Date: 02-Mar-2026\r\n"
        + UkColumnNames
        + "\r\n"
        + string.Concat(UkRows.Select(r => Row(UkColumnNames, ',', [.. r.Entry, .. r.Part])));

    private const string OfsiColumns =
        "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID";

    /// <summary>The layout of ConList.csv: numbered values in one cell, days that are not known as zeros.</summary>
    public static string ConList
    {
        get
        {
            string[] ezra =
            [
                "Group Type=Individual",
                "Regime=Global Irregular Migration",
                "Listed On=24/07/2025",
                "UK Sanctions List Date Designated=23/07/2025",
                "Last Updated=16/01/2026",
                "Group ID=99001",
            ];
            return "Last Updated,02/03/2026\r\n"
                + OfsiColumns
                + "\r\n"
                + Row(
                    OfsiColumns,
                    ',',
                    [
                        .. ezra,
                        "Name 6=QUAYSIDE",
                        "Name 1=Ezra",
                        "DOB=00/00/1981",
                        "Town of Birth=(1) Alpha Town (2) Beta Town",
                        "Country of Birth=(1) Libya (2) Malta",
                        "Nationality=(1) Libya (2) Malta",
                        "Passport Number=(1) AA111 (2) BB222",
                        "Passport Details=(1) Libyan (2) Maltese",
                        "Address 1=Quay 1",
                        "Country=Malta",
                        "Other Information=(UK Sanctions List Ref):GIM9003 Gang leader",
                        "Alias Type=Primary name",
                    ]
                )
                + Row(
                    OfsiColumns,
                    ',',
                    [
                        "Name 6=BLUE SHORE SHIPPING LTD",
                        "Group Type=Entity",
                        "Alias Type=Primary name",
                        "Regime=Global Irregular Migration",
                        "Listed On=24/07/2025",
                        "Last Updated=24/07/2025",
                        "Group ID=99002",
                    ]
                )
                + Row(
                    OfsiColumns,
                    ',',
                    [.. ezra, "Name 6=KEYSIDE", "Name 1=Ezra", "Alias Type=FKA", "Alias Quality=Good"]
                );
        }
    }

    public const string Senzing = """
        {"DATA_SOURCE":"PORT","RECORD_ID":"1","RECORD_TYPE":"PERSON","FEATURES":[{"NAME_TYPE":"AKA","NAME_FULL":"Oren Vessel"},{"NAME_TYPE":"PRIMARY","NAME_FIRST":"Orin","NAME_LAST":"Vesselman"},{"DATE_OF_BIRTH":"1979-02-11"},{"GENDER":"M"},{"NATIONALITY":"LY"},{"ADDR_TYPE":"HOME","ADDR_LINE1":"Harbour Road 5","ADDR_CITY":"Zuwarah","ADDR_COUNTRY":"LY"},{"PASSPORT_NUMBER":"LX900123","PASSPORT_COUNTRY":"LY"},{"REL_ANCHOR_DOMAIN":"PORT","REL_ANCHOR_KEY":"1"},{"REL_POINTER_DOMAIN":"PORT","REL_POINTER_KEY":"2","REL_POINTER_ROLE":"DIRECTOR_OF"},{"REL_POINTER_DOMAIN":"PORT","REL_POINTER_KEY":"3","REL_POINTER_ROLE":"PARENT"},{"TELEGRAM":"ferryman"}],"STATUS":"active"}
        {"DATA_SOURCE":"PORT","RECORD_ID":"2","NAME_ORG":"Blue Shore Shipping Ltd","BUSINESS_ADDR_FULL":"Quay 1, Valletta","ADDR_COUNTRY":"MT","TAX_ID_TYPE":"VAT","TAX_ID_NUMBER":"MT900","PHONE_NUMBER":"+356 2122 0000","REL_ANCHOR_DOMAIN":"PORT","REL_ANCHOR_KEY":"2"}
        {"DATA_SOURCE":"PORT","RECORD_ID":"3","RECORD_TYPE":"VESSEL","NAMES":[{"NAME_FULL":"Sea Sparrow"}],"IDENTIFIERS":[{"IMO_NUMBER":"9074729"},{"CALL_SIGN":"9HAB1"}],"REL_ANCHOR_DOMAIN":"PORT","REL_ANCHOR_KEY":"3"}
        """;

    /// <summary>The layout of entities.ftm.json.</summary>
    public const string Lines = """
        {"id":"x-orin","caption":"Orin Vesselman","schema":"Person","properties":{"name":["Orin Vesselman"],"topics":["sanction"]},"referents":["eu-9001"],"datasets":["eu_fsf"],"first_seen":"2021-05-04T00:00:00","last_seen":"2026-03-02T00:00:00","last_change":"2025-11-01T09:30:00","target":true}
        {"id":"x-own","caption":"Ownership","schema":"Ownership","properties":{"owner":["x-orin"],"asset":["x-firm"]},"referents":[],"datasets":["eu_fsf"],"first_seen":"2021-05-04T00:00:00","last_seen":"2026-03-02T00:00:00","last_change":"2021-05-04T00:00:00","target":false}
        """;

    /// <summary>The layout of targets.nested.json: entities in place of ids, also where another's property points back.</summary>
    public const string Nested = """
        {"id":"x-orin","caption":"Orin Vesselman","schema":"Person","properties":{"name":["Orin Vesselman"],"addressEntity":[{"id":"x-addr","schema":"Address","properties":{"full":["Harbour Road 5, Zuwarah"],"country":["ly"]}}],"sanctions":[{"id":"x-sanc","schema":"Sanction","properties":{"authority":["Council"],"program":["LBY"]}}],"ownershipOwner":[{"id":"x-own","schema":"Ownership","properties":{"owner":["x-orin"],"asset":[{"id":"x-firm","schema":"Company","properties":{"name":["Blue Shore (short)"]}}]}}]},"referents":[],"datasets":["eu_fsf"],"last_change":"2025-11-01T09:30:00","target":true}
        {"id":"x-firm","caption":"Blue Shore Shipping Ltd","schema":"Company","properties":{"name":["Blue Shore Shipping Ltd"],"addressEntity":[{"id":"x-addr","schema":"Address","properties":{"full":["Harbour Road 5, Zuwarah"],"country":["ly"]}}]},"datasets":["eu_fsf"],"last_change":"2025-12-01T00:00:00","target":true}
        """;

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Gzip(string content) => Gzip(Encoding.UTF8.GetBytes(content));

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        return packed.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A row with the cells that are named, quoted where they must be.</summary>
    private static string Row(string columns, char delimiter, string[] cells)
    {
        var values = cells.ToDictionary(c => c[..c.IndexOf('=')], c => c[(c.IndexOf('=') + 1)..]);
        var names = columns.Split(delimiter);
        Assert.Empty(values.Keys.Except(names));
        return string.Join(
                delimiter,
                names.Select(n =>
                    values.TryGetValue(n, out var value) && value.Contains(delimiter) ? $"\"{value}\"" : value ?? ""
                )
            ) + "\r\n";
    }
}
