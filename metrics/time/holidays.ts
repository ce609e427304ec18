import type { HolidayYear } from './calendar';
import { DAY_MS } from './zone';

/** Days 'MM-DD' and stretches 'MM-DD/MM-DD' (both ends included), separated by spaces. */
interface Arrangement {
  off: string;
  work: string;
  /** Numbers (发文字号) of the notices by the General Office of the State Council that arrange days of this year. */
  papers: readonly string[];
}

/**
 * Holidays and make-up working days as the State Council's notices arrange them, weekend days inside a holiday
 * included. A notice also moves days of the December before its year: 2018-12-29 to 31 are arranged with 2019. A year
 * that is absent has not been announced or was not looked up; it is judged by weekday, and says so.
 */
const ARRANGEMENTS: Readonly<Record<number, Arrangement>> = {
  2017: {
    off: '01-01/01-02 01-27/02-02 04-02/04-04 05-01 05-28/05-30 10-01/10-08',
    work: '01-22 02-04 04-01 05-27 09-30',
    papers: ['国办发明电〔2016〕17号'],
  },
  2018: {
    off: '01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-18 09-24 10-01/10-07 12-30/12-31',
    work: '02-11 02-24 04-08 04-28 09-29 09-30 12-29',
    papers: ['国办发明电〔2017〕12号', '国办发明电〔2018〕15号'],
  },
  2019: {
    off: '01-01 02-04/02-10 04-05 05-01/05-04 06-07 09-13 10-01/10-07',
    work: '02-02 02-03 04-28 05-05 09-29 10-12',
    papers: ['国办发明电〔2018〕15号', '国办发明电〔2019〕3号'],
  },
  // The extension of the Spring Festival took back the make-up day of 1 February.
  2020: {
    off: '01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08',
    work: '01-19 04-26 05-09 06-28 09-27 10-10',
    papers: ['国办发明电〔2019〕16号', '国办发明电〔2020〕1号'],
  },
  2021: {
    off: '01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07',
    work: '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
    papers: ['国办发明电〔2020〕27号'],
  },
  2022: {
    off: '01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31',
    work: '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
    papers: ['国办发明电〔2021〕11号', '国办发明电〔2022〕16号'],
  },
  2023: {
    off: '01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06',
    work: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
    papers: ['国办发明电〔2022〕16号'],
  },
  2024: {
    off: '01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07',
    work: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
    papers: ['国办发明电〔2023〕7号'],
  },
  2025: {
    off: '01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08',
    work: '01-26 02-08 04-27 09-28 10-11',
    papers: ['国办发明电〔2024〕12号'],
  },
  2026: {
    off: '01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07',
    work: '01-04 02-14 02-28 05-09 09-20 10-10',
    papers: ['国办发明电〔2025〕7号'],
  },
};

/** The years we ship, earliest first. */
export const SHIPPED_HOLIDAYS: readonly HolidayYear[] = Object.entries(ARRANGEMENTS).map(
  ([key, { off, work, papers }]) => {
    const year = Number(key);
    return {
      year,
      off: daysOf(year, off),
      work: daysOf(year, work),
      source: `国务院办公厅关于部分节假日安排的通知(${papers.join('、')})`,
    };
  },
);

function daysOf(year: number, text: string): string[] {
  return text.split(' ').flatMap((part) => {
    const [first = '', last = first] = part.split('/');
    const days: string[] = [];
    for (let at = Date.parse(`${year}-${first}`); at <= Date.parse(`${year}-${last}`); at += DAY_MS)
      days.push(new Date(at).toISOString().slice(0, 10));
    return days;
  });
}
