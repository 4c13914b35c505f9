import { isHeldAt } from '../../../../contract/policy/draft.ts';
import { ASKING_PATHS, askingAt, type AskingPath } from '../../../../contract/policy/values.ts';
import { useLanguage, useT } from '../../../strings/text.ts';
import { askingWords } from '../value-words.ts';
import { Back, SomeCell, SourceCell, TextCell, WordsCell } from './cells.tsx';
import { useEdit } from './editing.ts';

/** Whom surveys leave out, and where answers go (Q13.10, Q16.5). */
export function SurveyPart() {
  const t = useT();
  const language = useLanguage();
  const { draft, origin, restore } = useEdit();
  const source = draft.pack.survey.asking?.source ?? null;
  return (
    <div className="about">
      <p className="muted">{t('policyEdit.surveyLead')} {t('policyEdit.sourceHelp')}</p>
      {ASKING_PATHS.map(path => {
        const isChanged = isHeldAt(draft, path) || JSON.stringify(askingAt(draft.pack, path)) !== JSON.stringify(askingAt(origin, path));
        return (
          <div key={path} className="row"><span>{t(`policyEdit.asking.${path}`)}</span>
            <span><AskingCell path={path} />
              <Back isChanged={isChanged} words={askingWords(t, language, origin, path)} onBack={() => { restore({ [path]: askingAt(origin, path) }); }} /></span>
          </div>
        );
      })}
      <div className="row"><span>{t('policy.source')}</span><span><SourceCell path="survey.asking.source" what={t('policyEdit.part.survey')} shown={source} /></span></div>
    </div>
  );
}

function AskingCell({ path }: { path: AskingPath }) {
  const t = useT();
  const language = useLanguage();
  const { draft } = useEdit();
  const label = t(`policyEdit.asking.${path}`);
  switch (path) {
    case 'survey.asking.page': return <><TextCell path={path} label={label} wrong="policyEdit.unfit.page" /><span className="muted">{t('policyEdit.pageHint')}</span></>;
    case 'survey.asking.hotline': return <TextCell path={path} label={label} className="moment" />;
    case 'survey.asking.notCategories': {
      const { categories } = draft.pack;
      const nameOf = (code: string): string => { const one = categories.find(other => other.code === code); return (language === 'vi' ? one?.vi : one?.en || one?.vi) || code; };
      return <SomeCell path={path} label={label} words={categories.map(one => one.code)} name={nameOf} />;
    }
    case 'survey.asking.notWords': case 'survey.asking.notPersons': return <><WordsCell path={path} label={label} /><span className="muted">{t('policyEdit.wordsHint')}</span></>;
  }
}
